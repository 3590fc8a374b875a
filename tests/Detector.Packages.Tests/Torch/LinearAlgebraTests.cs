using TorchSharp;
using static TorchSharp.torch;

namespace Detector.Packages.Tests.Torch;

[Collection(nameof(SerialTorch))]
public sealed class LinearAlgebraTests
{
    private static Tensor A => Expect.Doubles(new[,] { { 4.0, 1 }, { 1, 3 } });

    private static Tensor B => Expect.Doubles(new[,] { { 1.0, 2, 3 }, { 4, 5, 6 } });

    [Fact]
    public void Products_OfMatrices_EqualSchoolArithmetic()
    {
        Expect.Equal([8, 13, 18, 13, 17, 21], A.matmul(B));
        Expect.Equal([8, 13, 18, 13, 17, 21], A.mm(B));
        Expect.Equal([8, 13, 18, 13, 17, 21, 1, 2, 3, 4, 5, 6], stack([A, eye(2, dtype: ScalarType.Float64)]).bmm(stack([B, B])));
        Expect.Equal([6, 7], A.mv(Expect.Doubles(1, 2)));
        Expect.Equal([11], Expect.Doubles(1, 2).dot(Expect.Doubles(3, 4)));
        Expect.Equal([3, 4, 6, 8], Expect.Doubles(1, 2).outer(Expect.Doubles(3, 4)));
        Expect.Equal([7], A.trace());
        Expect.Equal([18.5, 28.5, 38.5, 28.5, 36.5, 44.5], ones(2, 3, ScalarType.Float64).addmm(A, B, beta: 2.5f, alpha: 2));
    }

    [Fact]
    public void Bmm_StackedModels_EqualsOneByOne()
    {
        using var x = randn(3, 4, 5, ScalarType.Float64, generator: new Generator(1));
        using var w = randn(3, 5, 2, ScalarType.Float64, generator: new Generator(2));
        using var bias = randn(3, 1, 2, ScalarType.Float64, generator: new Generator(3));
        using var all = x.bmm(w).add_(bias);
        for (var i = 0; i < 3; i++) Expect.Equal(Expect.Values(x[i].matmul(w[i]) + bias[i]), all[i]);
    }

    [Fact]
    public void Decompositions_OfSymmetricMatrix_Reconstruct()
    {
        var (values, vectors) = linalg.eigh(A);
        Expect.Equal([(7 - Math.Sqrt(5)) / 2, (7 + Math.Sqrt(5)) / 2], values);
        Expect.Equal(Expect.Values(A), vectors.matmul(values.diag()).matmul(vectors.t()));

        var (u, s, vh) = linalg.svd(B, fullMatrices: false);
        Expect.Equal(Expect.Values(B), u.matmul(s.diag()).matmul(vh));

        var (q, r) = linalg.qr(B.t());
        Expect.Equal(Expect.Values(B.t()), q.matmul(r));

        using var l = linalg.cholesky(A);
        Expect.Equal([2, 0, 0.5, Math.Sqrt(2.75)], l);
    }

    [Fact]
    public void Solutions_OfSystem_SatisfyIt()
    {
        using var x = linalg.solve(A, Expect.Doubles(1, 2));
        Expect.Equal([1, 2], A.mv(x));
        Expect.Equal([1, 0, 0, 1], A.matmul(linalg.inv(A)));
        Expect.Equal([11], linalg.det(A));
    }

    [Fact]
    public void Norms_OfMatrix_EqualTheirFormulas()
    {
        Expect.Equal([Math.Sqrt(27)], linalg.norm(A));
        Expect.Equal([5], linalg.norm(A, 1));
        Expect.Equal([Math.Sqrt(17), Math.Sqrt(10)], linalg.norm(A, dims: [1]));
    }

    [Fact]
    public void LinearAlgebra_Differentiated_EqualsFiniteDifferences()
    {
        Expect.Gradient(x => x.matmul(B), A);
        Expect.Gradient(x => A.matmul(x), B);
        Expect.Gradient(x => x.mv(Expect.Doubles(1, 2)), A);
        Expect.Gradient(x => x.outer(x), Expect.Doubles(1, 2));
        Expect.Gradient(x => ones(2, 3, ScalarType.Float64).addmm(A, x, 0.5f, 2), B);
        Expect.Gradient(x => A.unsqueeze(0).bmm(x.unsqueeze(0)), B);
        Expect.Gradient(x => linalg.inv(x), A);
        Expect.Gradient(x => linalg.solve(x, Expect.Doubles(1, 2)), A);
        Expect.Gradient(x => linalg.cholesky(x.matmul(x.t())), A);
        Expect.Gradient(x => linalg.svd(x, false).S, B);
        Expect.Gradient(x => linalg.eigh(x + x.t()).Item1, A);
        Expect.Gradient(x => linalg.norm(x), A);
    }
}
