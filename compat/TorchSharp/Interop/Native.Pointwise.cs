using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>native/pointwise.cpp.</summary>
internal static partial class Native
{
    [LibraryImport(Library)] internal static partial Tensor ts_abs(Tensor t);
    [LibraryImport(Library)] internal static partial Tensor ts_neg(Tensor t);
    [LibraryImport(Library)] internal static partial Tensor ts_exp(Tensor t);
    [LibraryImport(Library)] internal static partial Tensor ts_expm1(Tensor t);
    [LibraryImport(Library)] internal static partial Tensor ts_log(Tensor t);
    [LibraryImport(Library)] internal static partial Tensor ts_log1p(Tensor t);
    [LibraryImport(Library)] internal static partial Tensor ts_log2(Tensor t);
    [LibraryImport(Library)] internal static partial Tensor ts_log10(Tensor t);
    [LibraryImport(Library)] internal static partial Tensor ts_sqrt(Tensor t);
    [LibraryImport(Library)] internal static partial Tensor ts_rsqrt(Tensor t);
    [LibraryImport(Library)] internal static partial Tensor ts_square(Tensor t);
    [LibraryImport(Library)] internal static partial Tensor ts_reciprocal(Tensor t);
    [LibraryImport(Library)] internal static partial Tensor ts_sin(Tensor t);
    [LibraryImport(Library)] internal static partial Tensor ts_cos(Tensor t);
    [LibraryImport(Library)] internal static partial Tensor ts_tan(Tensor t);
    [LibraryImport(Library)] internal static partial Tensor ts_atan(Tensor t);
    [LibraryImport(Library)] internal static partial Tensor ts_tanh(Tensor t);
    [LibraryImport(Library)] internal static partial Tensor ts_sigmoid(Tensor t);
    [LibraryImport(Library)] internal static partial Tensor ts_relu(Tensor t);
    [LibraryImport(Library)] internal static partial Tensor ts_sign(Tensor t);
    [LibraryImport(Library)] internal static partial Tensor ts_floor(Tensor t);
    [LibraryImport(Library)] internal static partial Tensor ts_ceil(Tensor t);
    [LibraryImport(Library)] internal static partial Tensor ts_trunc(Tensor t);
    [LibraryImport(Library)] internal static partial Tensor ts_erf(Tensor t);
    [LibraryImport(Library)] internal static partial Tensor ts_erfc(Tensor t);
    [LibraryImport(Library)] internal static partial Tensor ts_erfinv(Tensor t);
    [LibraryImport(Library)] internal static partial Tensor ts_lgamma(Tensor t);
    [LibraryImport(Library)] internal static partial Tensor ts_digamma(Tensor t);
    [LibraryImport(Library)] internal static partial Tensor ts_isnan(Tensor t);
    [LibraryImport(Library)] internal static partial Tensor ts_isinf(Tensor t);
    [LibraryImport(Library)] internal static partial Tensor ts_isfinite(Tensor t);
    [LibraryImport(Library)] internal static partial Tensor ts_logical_not(Tensor t);
    [LibraryImport(Library)] internal static partial Tensor ts_bitwise_not(Tensor t);
    [LibraryImport(Library)] internal static partial Tensor ts_silu(Tensor t);
    [LibraryImport(Library)] internal static partial Tensor ts_log_sigmoid(Tensor t);
    [LibraryImport(Library)] internal static partial Outcome ts_abs_(Tensor t);
    [LibraryImport(Library)] internal static partial Outcome ts_neg_(Tensor t);
    [LibraryImport(Library)] internal static partial Outcome ts_exp_(Tensor t);
    [LibraryImport(Library)] internal static partial Outcome ts_log_(Tensor t);
    [LibraryImport(Library)] internal static partial Outcome ts_sqrt_(Tensor t);
    [LibraryImport(Library)] internal static partial Outcome ts_rsqrt_(Tensor t);
    [LibraryImport(Library)] internal static partial Outcome ts_square_(Tensor t);
    [LibraryImport(Library)] internal static partial Outcome ts_reciprocal_(Tensor t);
    [LibraryImport(Library)] internal static partial Outcome ts_tanh_(Tensor t);
    [LibraryImport(Library)] internal static partial Outcome ts_sigmoid_(Tensor t);
    [LibraryImport(Library)] internal static partial Outcome ts_relu_(Tensor t);
    [LibraryImport(Library)] internal static partial Outcome ts_silu_(Tensor t);
    [LibraryImport(Library)] internal static partial Outcome ts_floor_(Tensor t);
    [LibraryImport(Library)] internal static partial Outcome ts_ceil_(Tensor t);
    [LibraryImport(Library)] internal static partial Outcome ts_round_(Tensor t);
    [LibraryImport(Library)] internal static partial Outcome ts_zero_(Tensor t);
    [LibraryImport(Library)] internal static partial Tensor ts_maximum(Tensor a, Tensor b);
    [LibraryImport(Library)] internal static partial Tensor ts_minimum(Tensor a, Tensor b);
    [LibraryImport(Library)] internal static partial Tensor ts_fmax(Tensor a, Tensor b);
    [LibraryImport(Library)] internal static partial Tensor ts_fmin(Tensor a, Tensor b);
    [LibraryImport(Library)] internal static partial Tensor ts_pow(Tensor a, Tensor b);
    [LibraryImport(Library)] internal static partial Tensor ts_atan2(Tensor a, Tensor b);
    [LibraryImport(Library)] internal static partial Tensor ts_remainder(Tensor a, Tensor b);
    [LibraryImport(Library)] internal static partial Tensor ts_lt(Tensor a, Tensor b);
    [LibraryImport(Library)] internal static partial Tensor ts_le(Tensor a, Tensor b);
    [LibraryImport(Library)] internal static partial Tensor ts_gt(Tensor a, Tensor b);
    [LibraryImport(Library)] internal static partial Tensor ts_ge(Tensor a, Tensor b);
    [LibraryImport(Library)] internal static partial Tensor ts_eq(Tensor a, Tensor b);
    [LibraryImport(Library)] internal static partial Tensor ts_ne(Tensor a, Tensor b);
    [LibraryImport(Library)] internal static partial Tensor ts_logical_and(Tensor a, Tensor b);
    [LibraryImport(Library)] internal static partial Tensor ts_logical_or(Tensor a, Tensor b);
    [LibraryImport(Library)] internal static partial Tensor ts_logical_xor(Tensor a, Tensor b);
    [LibraryImport(Library)] internal static partial Tensor ts_bitwise_and(Tensor a, Tensor b);
    [LibraryImport(Library)] internal static partial Tensor ts_bitwise_or(Tensor a, Tensor b);
    [LibraryImport(Library)] internal static partial Tensor ts_bitwise_xor(Tensor a, Tensor b);
    [LibraryImport(Library)] internal static partial Tensor ts_mul(Tensor a, Tensor b);
    [LibraryImport(Library)] internal static partial Outcome ts_mul_(Tensor a, Tensor b);
    [LibraryImport(Library)] internal static partial Outcome ts_pow_(Tensor a, Tensor b);
    [LibraryImport(Library)] internal static partial Tensor ts_mul_scalar(Tensor a, Scalar b);
    [LibraryImport(Library)] internal static partial Tensor ts_pow_scalar(Tensor a, Scalar b);
    [LibraryImport(Library)] internal static partial Tensor ts_remainder_scalar(Tensor a, Scalar b);
    [LibraryImport(Library)] internal static partial Tensor ts_lt_scalar(Tensor a, Scalar b);
    [LibraryImport(Library)] internal static partial Tensor ts_le_scalar(Tensor a, Scalar b);
    [LibraryImport(Library)] internal static partial Tensor ts_gt_scalar(Tensor a, Scalar b);
    [LibraryImport(Library)] internal static partial Tensor ts_ge_scalar(Tensor a, Scalar b);
    [LibraryImport(Library)] internal static partial Tensor ts_eq_scalar(Tensor a, Scalar b);
    [LibraryImport(Library)] internal static partial Tensor ts_ne_scalar(Tensor a, Scalar b);
    [LibraryImport(Library)] internal static partial Outcome ts_mul_scalar_(Tensor a, Scalar b);
    [LibraryImport(Library)] internal static partial Outcome ts_pow_scalar_(Tensor a, Scalar b);
    [LibraryImport(Library)] internal static partial Outcome ts_fill_scalar_(Tensor a, Scalar b);
    [LibraryImport(Library)] internal static partial Tensor ts_add(Tensor a, Tensor b, Scalar alpha);
    [LibraryImport(Library)] internal static partial Tensor ts_add_scalar(Tensor a, Scalar b, Scalar alpha);
    [LibraryImport(Library)] internal static partial Tensor ts_sub(Tensor a, Tensor b);
    [LibraryImport(Library)] internal static partial Tensor ts_sub_scalar(Tensor a, Scalar b);
    [LibraryImport(Library)] internal static partial Tensor ts_rsub_scalar(Tensor a, Scalar b);
    [LibraryImport(Library)] internal static partial Outcome ts_add_(Tensor a, Tensor b, Scalar alpha);
    [LibraryImport(Library)] internal static partial Outcome ts_add_scalar_(Tensor a, Scalar b, Scalar alpha);
    [LibraryImport(Library)] internal static partial Outcome ts_sub_(Tensor a, Tensor b);
    [LibraryImport(Library)] internal static partial Outcome ts_sub_scalar_(Tensor a, Scalar b);
    [LibraryImport(Library)] internal static partial Tensor ts_div(Tensor a, Tensor b, int mode);
    [LibraryImport(Library)] internal static partial Tensor ts_div_scalar(Tensor a, Scalar b, int mode);
    [LibraryImport(Library)] internal static partial Outcome ts_div_(Tensor a, Tensor b, int mode);
    [LibraryImport(Library)] internal static partial Outcome ts_div_scalar_(Tensor a, Scalar b, int mode);
    [LibraryImport(Library)] internal static partial Tensor ts_addcmul(Tensor t, Tensor a, Tensor b, Scalar value);
    [LibraryImport(Library)] internal static partial Tensor ts_addcdiv(Tensor t, Tensor a, Tensor b, Scalar value);
    [LibraryImport(Library)] internal static partial Outcome ts_addcmul_(Tensor t, Tensor a, Tensor b, Scalar value);
    [LibraryImport(Library)] internal static partial Outcome ts_addcdiv_(Tensor t, Tensor a, Tensor b, Scalar value);
    [LibraryImport(Library)] internal static partial Tensor ts_lerp(Tensor t, Tensor end, Tensor weight);
    [LibraryImport(Library)] internal static partial Outcome ts_lerp_(Tensor t, Tensor end, Tensor weight);
    [LibraryImport(Library)] internal static partial Tensor ts_clamp(Tensor t, Scalar? low, Scalar? high);
    [LibraryImport(Library)] internal static partial Outcome ts_clamp_(Tensor t, Scalar? low, Scalar? high);
    [LibraryImport(Library)]
    internal static partial Tensor ts_clamp_tensor(Tensor t, [MarshalUsing(typeof(OptionalTensorMarshaller))] Tensor? low,
        [MarshalUsing(typeof(OptionalTensorMarshaller))] Tensor? high);
    [LibraryImport(Library)]
    internal static partial Outcome ts_clamp_tensor_(Tensor t, [MarshalUsing(typeof(OptionalTensorMarshaller))] Tensor? low,
        [MarshalUsing(typeof(OptionalTensorMarshaller))] Tensor? high);
    [LibraryImport(Library)]
    internal static partial Tensor ts_nan_to_num(Tensor t, ReadOnlySpan<double> nan, ReadOnlySpan<double> up, ReadOnlySpan<double> down);
    [LibraryImport(Library)]
    internal static partial Outcome ts_nan_to_num_(Tensor t, ReadOnlySpan<double> nan, ReadOnlySpan<double> up, ReadOnlySpan<double> down);
    [LibraryImport(Library)] internal static partial Tensor ts_where(Tensor condition, Tensor x, Tensor y);
    [LibraryImport(Library)] internal static partial Tensor ts_masked_fill(Tensor t, Tensor mask, Scalar value);
    [LibraryImport(Library)] internal static partial Outcome ts_masked_fill_(Tensor t, Tensor mask, Scalar value);
    [LibraryImport(Library)] internal static partial Tensor ts_isclose(Tensor a, Tensor b, double rtol, double atol, Flag equalNan);
    [LibraryImport(Library)]
    internal static partial Outcome ts_allclose(Tensor a, Tensor b, double rtol, double atol, Flag equalNan, out Flag result);
    [LibraryImport(Library)] internal static partial Outcome ts_equal(Tensor a, Tensor b, out Flag result);
    [LibraryImport(Library)] internal static partial Tensor ts_round(Tensor t, long decimals);
    [LibraryImport(Library)] internal static partial Tensor ts_leaky_relu(Tensor t, Scalar slope);
    [LibraryImport(Library)] internal static partial Outcome ts_leaky_relu_(Tensor t, Scalar slope);
    [LibraryImport(Library)] internal static partial Tensor ts_elu(Tensor t, Scalar alpha, Scalar scale, Scalar inputScale);
    [LibraryImport(Library)] internal static partial Outcome ts_elu_(Tensor t, Scalar alpha, Scalar scale, Scalar inputScale);
    [LibraryImport(Library)] internal static partial Tensor ts_gelu(Tensor t, Flag tanh);
    [LibraryImport(Library)] internal static partial Outcome ts_gelu_(Tensor t, Flag tanh);
    [LibraryImport(Library)] internal static partial Tensor ts_softplus(Tensor t, Scalar beta, Scalar threshold);
    [LibraryImport(Library)] internal static partial Tensor ts_mse_loss(Tensor x, Tensor y, long reduction);
    [LibraryImport(Library)] internal static partial Tensor ts_l1_loss(Tensor x, Tensor y, long reduction);
    [LibraryImport(Library)] internal static partial Tensor ts_huber_loss(Tensor x, Tensor y, long reduction, double delta);
    [LibraryImport(Library)] internal static partial Tensor ts_smooth_l1_loss(Tensor x, Tensor y, long reduction, double beta);
    [LibraryImport(Library)]
    internal static partial Tensor ts_binary_cross_entropy(Tensor x, Tensor y,
        [MarshalUsing(typeof(OptionalTensorMarshaller))] Tensor? weight, long reduction);
    [LibraryImport(Library)]
    internal static partial Tensor ts_binary_cross_entropy_with_logits(Tensor x, Tensor y,
        [MarshalUsing(typeof(OptionalTensorMarshaller))] Tensor? weight, [MarshalUsing(typeof(OptionalTensorMarshaller))] Tensor? posWeight,
        long reduction);
}
