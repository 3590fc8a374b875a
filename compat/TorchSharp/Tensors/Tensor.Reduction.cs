namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor sum(ScalarType? type = null) => Native.ts_sum(this, [], 0, false, Code(type));

        public Tensor sum(ReadOnlySpan<long> dim, bool keepdim = false, ScalarType? type = null) =>
            Native.ts_sum(this, dim, dim.Length, keepdim, Code(type));

        public Tensor sum(long[] dim, bool keepdim = false, ScalarType? type = null) => sum(dim.AsSpan(), keepdim, type);

        public Tensor sum(long dim, bool keepdim = false, ScalarType? type = null) => sum([dim], keepdim, type);

        public Tensor sum(long dim0, long dim1, bool keepdim = false, ScalarType? type = null) => sum([dim0, dim1], keepdim, type);

        public Tensor sum(long dim0, long dim1, long dim2, bool keepdim = false, ScalarType? type = null) =>
            sum([dim0, dim1, dim2], keepdim, type);

        public Tensor mean() => Native.ts_mean(this, [], 0, false, -1);

        public Tensor mean(long[] dimensions, bool keepdim = false, ScalarType? type = null) =>
            Native.ts_mean(this, dimensions, dimensions.Length, keepdim, Code(type));

        public Tensor prod(ScalarType? type = null) => Native.ts_prod(this, Code(type));

        public Tensor prod(long dim, bool keepdim = false, ScalarType? type = null) => Native.ts_prod_dim(this, dim, keepdim, Code(type));

        public Tensor nansum() => Native.ts_nansum(this);

        public Tensor max() => Native.ts_max(this);

        public Tensor min() => Native.ts_min(this);

        public Tensor median() => Native.ts_median(this);

        /// <summary>
        /// Over all elements, with Bessel's correction. The package's parameter `unbiased` is missing: 0.107 ignores it here.
        /// </summary>
        public Tensor var() => Native.ts_var(this, [], 0, true, false);

        public Tensor var(ReadOnlySpan<long> dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            As(Native.ts_var(this, dimensions, dimensions.Length, unbiased, keepdim), type);

        public Tensor var(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            var(dimensions.AsSpan(), unbiased, keepdim, type);

        public Tensor var(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            var([dim], unbiased, keepdim, type);

        public Tensor std(bool unbiased = true) => Native.ts_std(this, [], 0, unbiased, false);

        public Tensor std(ReadOnlySpan<long> dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            As(Native.ts_std(this, dimensions, dimensions.Length, unbiased, keepdim), type);

        public Tensor std(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            std(dimensions.AsSpan(), unbiased, keepdim, type);

        public Tensor std(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            std([dim], unbiased, keepdim, type);

        public Tensor norm(float p = 2.0f) => Native.ts_norm(this, p);

        public Tensor norm(int dim, bool keepdim = false, float p = 2.0f) => Native.ts_norm_dim(this, dim, keepdim, p);

        public Tensor amax(params long[] dims) => Native.ts_amax(this, dims, dims.Length, false);

        public Tensor amax(long[] dims, bool keepdim = false) => Native.ts_amax(this, dims, dims.Length, keepdim);

        public Tensor amax(ReadOnlySpan<long> dims, bool keepdim = false) => Native.ts_amax(this, dims, dims.Length, keepdim);

        public Tensor amin(params long[] dims) => Native.ts_amin(this, dims, dims.Length, false);

        public Tensor amin(long[] dims, bool keepdim = false) => Native.ts_amin(this, dims, dims.Length, keepdim);

        public Tensor amin(ReadOnlySpan<long> dims, bool keepdim = false) => Native.ts_amin(this, dims, dims.Length, keepdim);

        public Tensor max(Tensor other) => maximum(other);

        public (Tensor values, Tensor indexes) max(long dim, bool keepdim = false)
        {
            var values = Native.ts_max_dim(this, dim, keepdim, out var indexes);
            return (values, indexes);
        }

        public Tensor min(Tensor other) => minimum(other);

        public (Tensor values, Tensor indexes) min(long dim, bool keepdim = false)
        {
            var values = Native.ts_min_dim(this, dim, keepdim, out var indexes);
            return (values, indexes);
        }

        public Tensor argmax() => Native.ts_argmax(this, [], false);

        public Tensor argmax(long dim, bool keepdim = false) => Native.ts_argmax(this, [dim], keepdim);

        public Tensor argmin() => Native.ts_argmin(this, [], false);

        public Tensor argmin(long dim, bool keepdim = false) => Native.ts_argmin(this, [dim], keepdim);

        private static int Code(ScalarType? type) => type is { } t ? (int)t : -1;

        private static Tensor As(Tensor result, ScalarType? type) =>
            type is not { } wanted || wanted == result.dtype ? result : result.to_type(wanted, disposeAfter: true);
    }
}
