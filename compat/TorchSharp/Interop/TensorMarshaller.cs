using System.Runtime.InteropServices.Marshalling;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>Passes a tensor as its handle, keeps it alive during the call, and turns a null result into the call's exception.</summary>
[CustomMarshaller(typeof(Tensor), MarshalMode.ManagedToUnmanagedIn, typeof(Argument))]
[CustomMarshaller(typeof(Tensor), MarshalMode.ManagedToUnmanagedOut, typeof(Result))]
internal static class TensorMarshaller
{
    internal ref struct Argument
    {
        private Tensor? _tensor;

        public void FromManaged(Tensor managed)
        {
            ArgumentNullException.ThrowIfNull(managed);
            _tensor = managed;
        }

        public readonly nint ToUnmanaged() => _tensor!.Handle;

        public readonly void Free() => GC.KeepAlive(_tensor);
    }

    internal static class Result
    {
        public static Tensor ConvertToManaged(nint unmanaged) =>
            unmanaged != 0 ? new Tensor(unmanaged) : throw Native.LastFailure();
    }
}
