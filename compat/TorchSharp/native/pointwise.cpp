// Element by element: arithmetic, comparisons, activations, losses.
#include "shim.h"

#define UNARY(name) API Handle ts_##name(Handle t) { TENSOR(at::name(*t)); }
#define UNARY_(name) API int32_t ts_##name(Handle t) { DO(at::name(*t)); }
#define BINARY(name) API Handle ts_##name(Handle a, Handle b) { TENSOR(at::name(*a, *b)); }
#define BINARY_(name) API int32_t ts_##name(Handle a, Handle b) { DO(a->name(*b)); }
#define WITH_SCALAR(name) API Handle ts_##name##_scalar(Handle a, Number b) { TENSOR(at::name(*a, scalar(b))); }
#define WITH_SCALAR_(name) API int32_t ts_##name##scalar_(Handle a, Number b) { DO(a->name(scalar(b))); }

UNARY(abs) UNARY(neg) UNARY(exp) UNARY(expm1) UNARY(log) UNARY(log1p) UNARY(log2) UNARY(log10) UNARY(sqrt) UNARY(rsqrt)
UNARY(square) UNARY(reciprocal) UNARY(sin) UNARY(cos) UNARY(tan) UNARY(atan) UNARY(tanh) UNARY(sigmoid) UNARY(relu)
UNARY(sign) UNARY(floor) UNARY(ceil) UNARY(trunc) UNARY(erf) UNARY(erfc) UNARY(erfinv) UNARY(lgamma)
UNARY(digamma) UNARY(isnan) UNARY(isinf) UNARY(isfinite) UNARY(logical_not) UNARY(bitwise_not) UNARY(silu)
UNARY(log_sigmoid)

UNARY_(abs_) UNARY_(neg_) UNARY_(exp_) UNARY_(log_) UNARY_(sqrt_) UNARY_(rsqrt_) UNARY_(square_) UNARY_(reciprocal_)
UNARY_(tanh_) UNARY_(sigmoid_) UNARY_(relu_) UNARY_(silu_) UNARY_(floor_) UNARY_(ceil_) UNARY_(round_) UNARY_(zero_)

BINARY(maximum) BINARY(minimum) BINARY(fmax) BINARY(fmin) BINARY(pow) BINARY(atan2) BINARY(remainder)
BINARY(lt) BINARY(le) BINARY(gt) BINARY(ge) BINARY(eq) BINARY(ne)
BINARY(logical_and) BINARY(logical_or) BINARY(logical_xor) BINARY(bitwise_and) BINARY(bitwise_or) BINARY(bitwise_xor)
BINARY(mul)
BINARY_(mul_) BINARY_(pow_)

WITH_SCALAR(mul) WITH_SCALAR(pow) WITH_SCALAR(remainder)
WITH_SCALAR(lt) WITH_SCALAR(le) WITH_SCALAR(gt) WITH_SCALAR(ge) WITH_SCALAR(eq) WITH_SCALAR(ne)
WITH_SCALAR_(mul_) WITH_SCALAR_(pow_) WITH_SCALAR_(fill_)

API Handle ts_add(Handle a, Handle b, Number alpha) { TENSOR(at::add(*a, *b, scalar(alpha))); }
API Handle ts_add_scalar(Handle a, Number b, Number alpha) { TENSOR(at::add(*a, scalar(b), scalar(alpha))); }
API Handle ts_sub(Handle a, Handle b) { TENSOR(at::sub(*a, *b)); }
API Handle ts_sub_scalar(Handle a, Number b) { TENSOR(at::sub(*a, scalar(b))); }
API Handle ts_rsub_scalar(Handle a, Number b) { TENSOR(at::rsub(*a, scalar(b))); }
API int32_t ts_add_(Handle a, Handle b, Number alpha) { DO(a->add_(*b, scalar(alpha))); }
API int32_t ts_add_scalar_(Handle a, Number b, Number alpha) { DO(a->add_(scalar(b), scalar(alpha))); }
API int32_t ts_sub_(Handle a, Handle b) { DO(a->sub_(*b)); }
API int32_t ts_sub_scalar_(Handle a, Number b) { DO(a->sub_(scalar(b))); }

// mode: 0 = true division, 1 = towards zero, 2 = downwards
static const char* rounding(int mode) { return mode == 1 ? "trunc" : "floor"; }
API Handle ts_div(Handle a, Handle b, int mode) { TENSOR(mode == 0 ? at::div(*a, *b) : at::div(*a, *b, rounding(mode))); }
API Handle ts_div_scalar(Handle a, Number b, int mode) {
    TENSOR(mode == 0 ? at::div(*a, scalar(b)) : at::div(*a, scalar(b), rounding(mode)));
}
API int32_t ts_div_(Handle a, Handle b, int mode) { DO(mode == 0 ? a->div_(*b) : a->div_(*b, rounding(mode))); }
API int32_t ts_div_scalar_(Handle a, Number b, int mode) {
    DO(mode == 0 ? a->div_(scalar(b)) : a->div_(scalar(b), rounding(mode)));
}

API Handle ts_addcmul(Handle t, Handle a, Handle b, Number value) { TENSOR(at::addcmul(*t, *a, *b, scalar(value))); }
API Handle ts_addcdiv(Handle t, Handle a, Handle b, Number value) { TENSOR(at::addcdiv(*t, *a, *b, scalar(value))); }
API int32_t ts_addcmul_(Handle t, Handle a, Handle b, Number value) { DO(t->addcmul_(*a, *b, scalar(value))); }
API int32_t ts_addcdiv_(Handle t, Handle a, Handle b, Number value) { DO(t->addcdiv_(*a, *b, scalar(value))); }
API Handle ts_lerp(Handle t, Handle end, Handle weight) { TENSOR(at::lerp(*t, *end, *weight)); }
API int32_t ts_lerp_(Handle t, Handle end, Handle weight) { DO(t->lerp_(*end, *weight)); }

API Handle ts_clamp(Handle t, Number low, Number high) {
    TENSOR(at::clamp(*t, maybe_scalar(low), maybe_scalar(high)));
}
API int32_t ts_clamp_(Handle t, Number low, Number high) { DO(t->clamp_(maybe_scalar(low), maybe_scalar(high))); }
API Handle ts_clamp_tensor(Handle t, Handle low, Handle high) { TENSOR(at::clamp(*t, maybe(low), maybe(high))); }
API int32_t ts_clamp_tensor_(Handle t, Handle low, Handle high) { DO(t->clamp_(maybe(low), maybe(high))); }

static Optional<double> maybe_double(const double* value) {
    return value ? Optional<double>(*value) : Optional<double>();
}
API Handle ts_nan_to_num(Handle t, const double* nan, const double* up, const double* down) {
    TENSOR(at::nan_to_num(*t, maybe_double(nan), maybe_double(up), maybe_double(down)));
}
API int32_t ts_nan_to_num_(Handle t, const double* nan, const double* up, const double* down) {
    DO(t->nan_to_num_(maybe_double(nan), maybe_double(up), maybe_double(down)));
}

API Handle ts_where(Handle condition, Handle x, Handle y) { TENSOR(at::where(*condition, *x, *y)); }
API Handle ts_masked_fill(Handle t, Handle mask, Number value) { TENSOR(t->masked_fill(*mask, scalar(value))); }
API int32_t ts_masked_fill_(Handle t, Handle mask, Number value) { DO(t->masked_fill_(*mask, scalar(value))); }
API Handle ts_isclose(Handle a, Handle b, double rtol, double atol, uint8_t equal_nan) {
    TENSOR(at::isclose(*a, *b, rtol, atol, equal_nan));
}
API int32_t ts_allclose(Handle a, Handle b, double rtol, double atol, uint8_t equal_nan, uint8_t* result) {
    DO(*result = at::allclose(*a, *b, rtol, atol, equal_nan));
}
API int32_t ts_equal(Handle a, Handle b, uint8_t* result) { DO(*result = at::equal(*a, *b)); }

API Handle ts_round(Handle t, int64_t decimals) { TENSOR(at::round(*t, decimals)); }

// Activations with parameters.
API Handle ts_leaky_relu(Handle t, Number slope) { TENSOR(at::leaky_relu(*t, scalar(slope))); }
API int32_t ts_leaky_relu_(Handle t, Number slope) { DO(at::leaky_relu_(*t, scalar(slope))); }
API Handle ts_elu(Handle t, Number alpha, Number scale, Number input_scale) {
    TENSOR(at::elu(*t, scalar(alpha), scalar(scale), scalar(input_scale)));
}
API int32_t ts_elu_(Handle t, Number alpha, Number scale, Number input_scale) {
    DO(at::elu_(*t, scalar(alpha), scalar(scale), scalar(input_scale)));
}
API Handle ts_gelu(Handle t, uint8_t tanh) { TENSOR(at::gelu(*t, tanh ? "tanh" : "none")); }
API int32_t ts_gelu_(Handle t, uint8_t tanh) { DO(at::gelu_(*t, tanh ? "tanh" : "none")); }
API Handle ts_softplus(Handle t, Number beta, Number threshold) {
    TENSOR(at::softplus(*t, scalar(beta), scalar(threshold)));
}

// Losses; reduction: 0 = none, 1 = mean, 2 = sum.
API Handle ts_mse_loss(Handle x, Handle y, int64_t reduction) { TENSOR(at::mse_loss(*x, *y, reduction)); }
API Handle ts_l1_loss(Handle x, Handle y, int64_t reduction) { TENSOR(at::l1_loss(*x, *y, reduction)); }
API Handle ts_huber_loss(Handle x, Handle y, int64_t reduction, double delta) {
    TENSOR(at::huber_loss(*x, *y, reduction, delta));
}
API Handle ts_smooth_l1_loss(Handle x, Handle y, int64_t reduction, double beta) {
    TENSOR(at::smooth_l1_loss(*x, *y, reduction, beta));
}
API Handle ts_binary_cross_entropy(Handle x, Handle y, Handle weight, int64_t reduction) {
    TENSOR(at::binary_cross_entropy(*x, *y, maybe(weight), reduction));
}
API Handle ts_binary_cross_entropy_with_logits(Handle x, Handle y, Handle weight, Handle pos_weight, int64_t reduction) {
    TENSOR(at::binary_cross_entropy_with_logits(*x, *y, maybe(weight), maybe(pos_weight), reduction));
}
