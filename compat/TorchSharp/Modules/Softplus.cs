using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>ln(1 + e^βx) / β, and x itself where βx is above the threshold.</summary>
    public sealed class Softplus : ParameterLessModule<Tensor, Tensor>
    {
        internal Softplus(double beta, double threshold) : base(nameof(Softplus))
        {
            this.beta = beta;
            this.threshold = threshold;
        }

        public double beta { get; set; }

        public double threshold { get; set; }

        public override Tensor forward(Tensor input) => nn.functional.softplus(input, beta, threshold);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Modules.Softplus Softplus(double beta = 1, double threshold = 20) => new(beta, threshold);

            public static partial class functional
            {
                public static Tensor softplus(Tensor x, double beta = 1, double threshold = 20) => x.softplus(beta, threshold);
            }
        }
    }
}
