using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>Another handle to its input.</summary>
    public sealed class Identity : ParameterLessModule<Tensor, Tensor>
    {
        internal Identity() : base(nameof(Identity))
        {
        }

        public override Tensor forward(Tensor input) => input.alias();
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Modules.Identity Identity() => new();
        }
    }
}
