namespace TorchSharp;

public static partial class torch
{
    public static Tensor abs(Tensor input) => input.abs();

    public static Tensor add(Tensor left, Scalar right) => left.add(right);

    public static Tensor add(Tensor left, Scalar right, Scalar alpha) => left.add(right, alpha);

    public static Tensor add(Tensor left, Tensor right) => left.add(right);

    public static Tensor add(Tensor left, Tensor right, Scalar alpha) => left.add(right, alpha);

    public static Tensor addcdiv(Tensor input, Tensor tensor1, Tensor tensor2, Scalar value) => input.addcdiv(tensor1, tensor2, value);

    public static Tensor addcmul(Tensor input, Tensor tensor1, Tensor tensor2, Scalar value) => input.addcmul(tensor1, tensor2, value);

    public static Tensor ceil(Tensor input) => input.ceil();

    public static Tensor clamp(Tensor input, Scalar? min = null, Scalar? max = null) => input.clamp(min, max);

    public static Tensor clamp(Tensor input, Tensor? min = null, Tensor? max = null) => input.clamp(min, max);

    public static Tensor clamp_max(Tensor input, Scalar max) => input.clamp_max(max);

    public static Tensor clamp_min(Tensor input, Scalar min) => input.clamp_min(min);

    public static Tensor cos(Tensor input) => input.cos();

    public static Tensor div(Tensor left, Scalar right, RoundingMode rounding_mode = RoundingMode.None) =>
        left.div(right, rounding_mode);

    public static Tensor div(Tensor left, Tensor right, RoundingMode rounding_mode = RoundingMode.None) =>
        left.div(right, rounding_mode);

    public static Tensor erf(Tensor input) => input.erf();

    public static Tensor exp(Tensor input) => input.exp();

    public static Tensor expm1(Tensor input) => input.expm1();

    public static Tensor floor(Tensor input) => input.floor();

    public static Tensor lerp(Tensor input, Tensor end, Tensor weight) => input.lerp(end, weight);

    public static Tensor lgamma(Tensor input) => input.lgamma();

    public static Tensor log(Tensor input) => input.log();

    public static Tensor log10(Tensor input) => input.log10();

    public static Tensor log1p(Tensor input) => input.log1p();

    public static Tensor log2(Tensor input) => input.log2();

    public static Tensor maximum(Tensor input, Tensor other) => input.maximum(other);

    public static Tensor minimum(Tensor input, Tensor other) => input.minimum(other);

    public static Tensor mul(Tensor left, Scalar right) => left.mul(right);

    public static Tensor mul(Tensor left, Tensor right) => left.mul(right);

    public static Tensor nan_to_num(Tensor input, double nan = 0, double? posinf = null, double? neginf = null) =>
        input.nan_to_num(nan, posinf, neginf);

    public static Tensor neg(Tensor input) => input.neg();

    public static Tensor pow(Tensor left, Scalar exponent) => left.pow(exponent);

    public static Tensor pow(Tensor left, Tensor exponent) => left.pow(exponent);

    public static Tensor reciprocal(Tensor input) => input.reciprocal();

    public static Tensor round(Tensor input, long decimals = 0) => input.round(decimals);

    public static Tensor rsqrt(Tensor input) => input.rsqrt();

    public static Tensor sigmoid(Tensor input) => input.sigmoid();

    public static Tensor sign(Tensor input) => input.sign();

    public static Tensor sin(Tensor input) => input.sin();

    public static Tensor sqrt(Tensor input) => input.sqrt();

    public static Tensor square(Tensor input) => input.square();

    public static Tensor sub(Tensor left, Scalar right) => left.sub(right);

    public static Tensor sub(Tensor left, Tensor right) => left.sub(right);

    public static Tensor tanh(Tensor input) => input.tanh();

    public static Tensor trunc(Tensor input) => input.trunc();

    public static Tensor atan(Tensor input) => input.atan();

    public static Tensor atan2(Tensor input, Tensor other) => input.atan2(other);

    public static Tensor fmax(Tensor input, Tensor other) => input.fmax(other);

    public static Tensor fmin(Tensor input, Tensor other) => input.fmin(other);

    public static Tensor clamp_(Tensor input, Scalar? min = null, Scalar? max = null) => input.clamp_(min, max);

    public static Tensor clamp_(Tensor input, Tensor? min = null, Tensor? max = null) => input.clamp_(min, max);
}
