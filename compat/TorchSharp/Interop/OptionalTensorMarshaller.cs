using System.Runtime.InteropServices.Marshalling;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>Passes an absent tensor as a null handle.</summary>
[CustomMarshaller(typeof(Tensor), MarshalMode.ManagedToUnmanagedIn, typeof(Argument))]
internal static class OptionalTensorMarshaller
{
    internal ref struct Argument
    {
        private Tensor? _tensor;

        public void FromManaged(Tensor? managed) => _tensor = managed;

        public readonly nint ToUnmanaged() => _tensor is null ? 0 : _tensor.Handle;

        public readonly void Free() => GC.KeepAlive(_tensor);
    }
}
