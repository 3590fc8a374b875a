using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>x·Φ(x), exactly or by a formula with tanh.</summary>
    public sealed class GELU : ParameterLessModule<Tensor, Tensor>
    {
        public enum Approximate
        {
            none,
            tanh,
        }

        internal GELU(Approximate approximate, bool inplace) : base(nameof(GELU))
        {
            this.approximate = approximate;
            this.inplace = inplace;
        }

        public Approximate approximate { get; set; }

        public bool inplace { get; set; }

        public override Tensor forward(Tensor input) => nn.functional.gelu(input, approximate, inplace);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Modules.GELU GELU() => new(Modules.GELU.Approximate.none, false);

            public static Modules.GELU GELU(bool inplace) => new(Modules.GELU.Approximate.none, inplace);

            public static Modules.GELU GELU(Modules.GELU.Approximate approximate, bool inplace = false) => new(approximate, inplace);

            public static partial class functional
            {
                public static Tensor gelu(Tensor x) => x.gelu();

                public static Tensor gelu(Tensor x, bool inplace) => inplace ? x.gelu_() : x.gelu();

                public static Tensor gelu(Tensor x, Modules.GELU.Approximate approximate, bool inplace = false) =>
                    inplace ? x.gelu_(approximate) : x.gelu(approximate);
            }
        }
    }
}
