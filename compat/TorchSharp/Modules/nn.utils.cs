using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static class utils
        {
            /// <summary>Scales all gradients so that their joint norm is at most max_norm; returns the norm before.</summary>
            public static double clip_grad_norm_(IEnumerable<Parameter> tensors, double max_norm, double norm_type = 2.0)
            {
                var parameters = tensors.ToArray();
                Native.ts_clip_grad_norm_(Native.Handles(parameters), parameters.Length, max_norm, norm_type, out var total);
                GC.KeepAlive(parameters);
                return total;
            }

            public static void clip_grad_value_(IEnumerable<Parameter> tensors, double clip_value)
            {
                var parameters = tensors.ToArray();
                Native.ts_clip_grad_value_(Native.Handles(parameters), parameters.Length, clip_value);
                GC.KeepAlive(parameters);
            }
        }
    }
}
