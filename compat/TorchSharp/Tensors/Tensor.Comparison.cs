namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor lt(Tensor target) => Native.ts_lt(this, target);

        public Tensor lt(Scalar target) => Native.ts_lt_scalar(this, target);

        public Tensor le(Tensor target) => Native.ts_le(this, target);

        public Tensor le(Scalar target) => Native.ts_le_scalar(this, target);

        public Tensor gt(Tensor target) => Native.ts_gt(this, target);

        public Tensor gt(Scalar target) => Native.ts_gt_scalar(this, target);

        public Tensor ge(Tensor target) => Native.ts_ge(this, target);

        public Tensor ge(Scalar target) => Native.ts_ge_scalar(this, target);

        public Tensor eq(Tensor target) => Native.ts_eq(this, target);

        public Tensor eq(Scalar target) => Native.ts_eq_scalar(this, target);

        public Tensor ne(Tensor target) => Native.ts_ne(this, target);

        public Tensor ne(Scalar target) => Native.ts_ne_scalar(this, target);

        public Tensor less(Tensor target) => lt(target);

        public Tensor less_equal(Tensor target) => le(target);

        public Tensor greater(Tensor target) => gt(target);

        public Tensor greater_equal(Tensor target) => ge(target);

        public Tensor equal(Tensor target) => eq(target);

        public Tensor not_equal(Tensor target) => ne(target);

        public Tensor isnan() => Native.ts_isnan(this);

        public Tensor isinf() => Native.ts_isinf(this);

        public Tensor isfinite() => Native.ts_isfinite(this);

        public Tensor logical_not() => Native.ts_logical_not(this);

        public Tensor bitwise_not() => Native.ts_bitwise_not(this);

        public Tensor logical_and(Tensor other) => Native.ts_logical_and(this, other);

        public Tensor logical_or(Tensor other) => Native.ts_logical_or(this, other);

        public Tensor logical_xor(Tensor other) => Native.ts_logical_xor(this, other);

        public Tensor bitwise_and(Tensor other) => Native.ts_bitwise_and(this, other);

        public Tensor bitwise_or(Tensor other) => Native.ts_bitwise_or(this, other);

        public Tensor bitwise_xor(Tensor other) => Native.ts_bitwise_xor(this, other);

        public Tensor isclose(Tensor other, double rtol = 1e-05, double atol = 1e-08, bool nanEqual = false) =>
            Native.ts_isclose(this, other, rtol, atol, nanEqual);

        public bool allclose(Tensor target, double rtol = 1e-05, double atol = 1e-08, bool equal_nan = false)
        {
            Native.ts_allclose(this, target, rtol, atol, equal_nan, out var result);
            return result;
        }

        public Tensor all() => Native.ts_all(this);

        public Tensor all(long dim, bool keepdim = false) => Native.ts_all_dim(this, dim, keepdim);

        public Tensor any() => Native.ts_any(this);

        public Tensor any(long dim, bool keepdim = false) => Native.ts_any_dim(this, dim, keepdim);
    }
}
