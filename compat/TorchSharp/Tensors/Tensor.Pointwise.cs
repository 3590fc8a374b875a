namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor abs() => Native.ts_abs(this);

        public Tensor sign() => Native.ts_sign(this);

        public Tensor square() => Native.ts_square(this);

        public Tensor sqrt() => Native.ts_sqrt(this);

        public Tensor rsqrt() => Native.ts_rsqrt(this);

        public Tensor reciprocal() => Native.ts_reciprocal(this);

        public Tensor exp() => Native.ts_exp(this);

        public Tensor expm1() => Native.ts_expm1(this);

        public Tensor log() => Native.ts_log(this);

        public Tensor log1p() => Native.ts_log1p(this);

        public Tensor log2() => Native.ts_log2(this);

        public Tensor log10() => Native.ts_log10(this);

        public Tensor sin() => Native.ts_sin(this);

        public Tensor cos() => Native.ts_cos(this);

        public Tensor tan() => Native.ts_tan(this);

        public Tensor atan() => Native.ts_atan(this);

        public Tensor tanh() => Native.ts_tanh(this);

        public Tensor floor() => Native.ts_floor(this);

        public Tensor ceil() => Native.ts_ceil(this);

        public Tensor trunc() => Native.ts_trunc(this);

        public Tensor erf() => Native.ts_erf(this);

        public Tensor erfc() => Native.ts_erfc(this);

        public Tensor erfinv() => Native.ts_erfinv(this);

        public Tensor lgamma() => Native.ts_lgamma(this);

        public Tensor digamma() => Native.ts_digamma(this);

        public Tensor absolute() => abs();

        public Tensor round(long decimals = 0) => Native.ts_round(this, decimals);

        public Tensor atan2(Tensor other) => Native.ts_atan2(this, other);

        public Tensor abs_()
        {
            Native.ts_abs_(this);
            return this;
        }

        public Tensor sqrt_()
        {
            Native.ts_sqrt_(this);
            return this;
        }

        public Tensor rsqrt_()
        {
            Native.ts_rsqrt_(this);
            return this;
        }

        public Tensor reciprocal_()
        {
            Native.ts_reciprocal_(this);
            return this;
        }

        public Tensor exp_()
        {
            Native.ts_exp_(this);
            return this;
        }

        public Tensor log_()
        {
            Native.ts_log_(this);
            return this;
        }

        public Tensor tanh_()
        {
            Native.ts_tanh_(this);
            return this;
        }

        public Tensor floor_()
        {
            Native.ts_floor_(this);
            return this;
        }

        public Tensor ceil_()
        {
            Native.ts_ceil_(this);
            return this;
        }

        public Tensor zero_()
        {
            Native.ts_zero_(this);
            return this;
        }

        public Tensor fill_(Scalar value)
        {
            Native.ts_fill_scalar_(this, value);
            return this;
        }

        public Tensor clamp(Scalar? min = null, Scalar? max = null) => Native.ts_clamp(this, min, max);

        public Tensor clamp(Tensor? min = null, Tensor? max = null) => Native.ts_clamp_tensor(this, min, max);

        public Tensor clip(Scalar? min = null, Scalar? max = null) => clamp(min, max);

        public Tensor clamp_(Scalar? min = null, Scalar? max = null)
        {
            Native.ts_clamp_(this, min, max);
            return this;
        }

        public Tensor clamp_(Tensor? min = null, Tensor? max = null)
        {
            Native.ts_clamp_tensor_(this, min, max);
            return this;
        }

        public Tensor clamp_max(Scalar max) => clamp(null, max);

        public Tensor clamp_max_(Scalar max) => clamp_(null, max);

        public Tensor clamp_min(Scalar min) => clamp(min);

        public Tensor clamp_min_(Scalar min) => clamp_(min);

        /// <summary>
        /// Replaces NaN and the infinities; an infinity without replacement becomes the type's largest or smallest number.
        /// </summary>
        public Tensor nan_to_num(double nan = 0, double? posinf = null, double? neginf = null) =>
            Native.ts_nan_to_num(this, [nan], OrNothing(posinf), OrNothing(neginf));

        public Tensor nan_to_num_(double nan = 0, double? posinf = null, double? neginf = null)
        {
            Native.ts_nan_to_num_(this, [nan], OrNothing(posinf), OrNothing(neginf));
            return this;
        }

        public Tensor where(Tensor condition, Tensor y) => Native.ts_where(condition, this, y);

        public Tensor masked_fill(Tensor mask, Scalar value) => Native.ts_masked_fill(this, mask, value);

        public Tensor masked_fill_(Tensor mask, Scalar value)
        {
            Native.ts_masked_fill_(this, mask, value);
            return this;
        }

        private static double[]? OrNothing(double? value) => value is { } v ? [v] : null;
    }
}
