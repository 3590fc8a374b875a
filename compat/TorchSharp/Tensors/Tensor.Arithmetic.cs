namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        private static readonly Scalar One = 1;

        public Tensor add(Tensor target) => Native.ts_add(this, target, One);

        public Tensor add(Tensor target, Scalar alpha) => Native.ts_add(this, target, alpha);

        public Tensor add(Scalar scalar) => Native.ts_add_scalar(this, scalar, One);

        public Tensor add(Scalar scalar, Scalar alpha) => Native.ts_add_scalar(this, scalar, alpha);

        public Tensor add_(Tensor target) => add_(target, One);

        public Tensor add_(Tensor target, Scalar alpha)
        {
            Native.ts_add_(this, target, alpha);
            return this;
        }

        public Tensor add_(Scalar scalar) => add_(scalar, One);

        public Tensor add_(Scalar scalar, Scalar alpha)
        {
            Native.ts_add_scalar_(this, scalar, alpha);
            return this;
        }

        public Tensor sub(Tensor target) => Native.ts_sub(this, target);

        public Tensor sub(Scalar target) => Native.ts_sub_scalar(this, target);

        public Tensor sub_(Tensor target)
        {
            Native.ts_sub_(this, target);
            return this;
        }

        public Tensor sub_(Scalar target)
        {
            Native.ts_sub_scalar_(this, target);
            return this;
        }

        public Tensor subtract(Tensor target) => sub(target);

        public Tensor subtract(Scalar target) => sub(target);

        public Tensor mul(Tensor target) => Native.ts_mul(this, target);

        public Tensor mul(Scalar target) => Native.ts_mul_scalar(this, target);

        public Tensor mul_(Tensor target)
        {
            Native.ts_mul_(this, target);
            return this;
        }

        public Tensor mul_(Scalar target)
        {
            Native.ts_mul_scalar_(this, target);
            return this;
        }

        public Tensor multiply(Tensor target) => mul(target);

        public Tensor multiply(Scalar target) => mul(target);

        public Tensor div(Tensor target, RoundingMode rounding_mode = RoundingMode.None) => Native.ts_div(this, target, (int)rounding_mode);

        public Tensor div(Scalar target, RoundingMode rounding_mode = RoundingMode.None) =>
            Native.ts_div_scalar(this, target, (int)rounding_mode);

        public Tensor div_(Tensor target, RoundingMode rounding_mode = RoundingMode.None)
        {
            Native.ts_div_(this, target, (int)rounding_mode);
            return this;
        }

        public Tensor div_(Scalar target, RoundingMode rounding_mode = RoundingMode.None)
        {
            Native.ts_div_scalar_(this, target, (int)rounding_mode);
            return this;
        }

        public Tensor divide(Tensor target, RoundingMode rounding_mode = RoundingMode.None) => div(target, rounding_mode);

        public Tensor divide(Scalar target, RoundingMode rounding_mode = RoundingMode.None) => div(target, rounding_mode);

        public Tensor pow(Tensor exponent) => Native.ts_pow(this, exponent);

        public Tensor pow(Scalar exponent) => Native.ts_pow_scalar(this, exponent);

        public Tensor pow_(Tensor exponent)
        {
            Native.ts_pow_(this, exponent);
            return this;
        }

        public Tensor pow_(Scalar exponent)
        {
            Native.ts_pow_scalar_(this, exponent);
            return this;
        }

        public Tensor remainder(Tensor target) => Native.ts_remainder(this, target);

        public Tensor remainder(Scalar scalar) => Native.ts_remainder_scalar(this, scalar);

        public Tensor addcmul(Tensor tensor1, Tensor tensor2, Scalar value) => Native.ts_addcmul(this, tensor1, tensor2, value);

        public Tensor addcmul_(Tensor tensor1, Tensor tensor2, Scalar value)
        {
            Native.ts_addcmul_(this, tensor1, tensor2, value);
            return this;
        }

        public Tensor addcdiv(Tensor tensor1, Tensor tensor2) => addcdiv(tensor1, tensor2, One);

        public Tensor addcdiv(Tensor tensor1, Tensor tensor2, Scalar value) => Native.ts_addcdiv(this, tensor1, tensor2, value);

        public Tensor addcdiv_(Tensor tensor1, Tensor tensor2) => addcdiv_(tensor1, tensor2, One);

        public Tensor addcdiv_(Tensor tensor1, Tensor tensor2, Scalar value)
        {
            Native.ts_addcdiv_(this, tensor1, tensor2, value);
            return this;
        }

        public Tensor lerp(Tensor end, Tensor weight) => Native.ts_lerp(this, end, weight);

        public Tensor lerp_(Tensor end, Tensor weight)
        {
            Native.ts_lerp_(this, end, weight);
            return this;
        }

        public Tensor neg() => Native.ts_neg(this);

        public Tensor negative() => neg();

        public Tensor neg_()
        {
            Native.ts_neg_(this);
            return this;
        }

        public Tensor maximum(Tensor other) => Native.ts_maximum(this, other);

        public Tensor minimum(Tensor other) => Native.ts_minimum(this, other);

        public Tensor fmax(Tensor other) => Native.ts_fmax(this, other);

        public Tensor fmin(Tensor other) => Native.ts_fmin(this, other);
    }
}
