using System.Runtime.InteropServices.Marshalling;

namespace TorchSharp;

/// <summary>The result of a call that makes nothing: it succeeded, or the marshaller has thrown.</summary>
[NativeMarshalling(typeof(Marshaller))]
internal readonly struct Outcome
{
    [CustomMarshaller(typeof(Outcome), MarshalMode.ManagedToUnmanagedOut, typeof(Marshaller))]
    internal static class Marshaller
    {
        public static Outcome ConvertToManaged(int succeeded) => succeeded != 0 ? default : throw Native.LastFailure();
    }
}
