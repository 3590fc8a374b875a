namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor T => permute(Reversed(ndim));

        public Tensor mT => transpose(-2, -1);

        public Tensor reshape(params long[] shape) => Native.ts_reshape(this, shape, shape.Length);

        public Tensor view(params long[] shape) => Native.ts_view(this, shape, shape.Length);

        public Tensor permute(params long[] permutation) => Native.ts_permute(this, permutation, permutation.Length);

        public Tensor flip(params long[] dims) => Native.ts_flip(this, dims, dims.Length);

        public Tensor repeat(params long[] sizes) => Native.ts_repeat(this, sizes, sizes.Length);

        public Tensor permute(IEnumerable<long> permutation) => permute(permutation.ToArray());

        public Tensor tile(long[] reps) => Native.ts_tile(this, reps, reps.Length);

        public Tensor view_as(Tensor other)
        {
            ArgumentNullException.ThrowIfNull(other);
            return view(other.shape);
        }

        public Tensor expand(ReadOnlySpan<long> sizes, bool isImplicit = false) => Native.ts_expand(this, sizes, sizes.Length);

        public Tensor expand(long[] sizes, bool isImplicit = false) => expand(sizes.AsSpan(), isImplicit);

        public Tensor expand(params long[] sizes) => expand(sizes.AsSpan());

        public Tensor expand_as(Tensor other)
        {
            ArgumentNullException.ThrowIfNull(other);
            return expand(other.shape.AsSpan());
        }

        public Tensor broadcast_to(params long[] shape) => expand(shape.AsSpan());

        public Tensor flatten(long start_dim = 0, long end_dim = -1) => Native.ts_flatten(this, start_dim, end_dim);

        public Tensor unflatten(long dim, params long[] sizes) => Native.ts_unflatten(this, dim, sizes, sizes.Length);

        public Tensor t() => Native.ts_t(this);

        public Tensor transpose(long dim0, long dim1) => Native.ts_transpose(this, dim0, dim1);

        public Tensor swapaxes(long dim0, long dim1) => transpose(dim0, dim1);

        public Tensor unsqueeze(long dim) => Native.ts_unsqueeze(this, dim);

        public Tensor unsqueeze_(long dim)
        {
            Native.ts_unsqueeze_(this, dim);
            return this;
        }

        public Tensor squeeze(long? dim = null) => dim is { } d ? Native.ts_squeeze_dim(this, d) : Native.ts_squeeze(this);

        private static long[] Reversed(long count)
        {
            var dims = new long[count];
            for (var i = 0; i < dims.Length; i++) dims[i] = count - 1 - i;
            return dims;
        }
    }
}
