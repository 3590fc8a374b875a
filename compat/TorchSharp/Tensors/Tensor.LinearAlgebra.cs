namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor matmul(Tensor target) => Native.ts_matmul(this, target);

        public Tensor mm(Tensor target) => Native.ts_mm(this, target);

        public Tensor mv(Tensor target) => Native.ts_mv(this, target);

        public Tensor dot(Tensor target) => Native.ts_dot(this, target);

        public Tensor bmm(Tensor batch2) => Native.ts_bmm(this, batch2);

        public Tensor outer(Tensor vec2) => Native.ts_outer(this, vec2);

        public Tensor trace() => Native.ts_trace(this);

        public Tensor addmm(Tensor mat1, Tensor mat2, float beta = 1, float alpha = 1) => Native.ts_addmm(this, mat1, mat2, beta, alpha);

        public Tensor addmm_(Tensor mat1, Tensor mat2, float beta = 1, float alpha = 1)
        {
            Native.ts_addmm_(this, mat1, mat2, beta, alpha);
            return this;
        }

        public Tensor addmv(Tensor mat, Tensor vec, float beta = 1, float alpha = 1) => Native.ts_addmv(this, mat, vec, beta, alpha);

        /// <summary>Not for use: TorchSharp 0.107 computes `batch2 + this·batch1` instead of PyTorch's `this + batch1·batch2`.</summary>
        [Obsolete("The package gives these arguments other roles than PyTorch does: use bmm and add_.", error: true)]
        public Tensor baddbmm(Tensor batch1, Tensor batch2, float beta = 1, float alpha = 1) =>
            Native.ts_baddbmm(batch2, this, batch1, beta, alpha);

        public Tensor inverse() => linalg.inv(this);
    }
}
