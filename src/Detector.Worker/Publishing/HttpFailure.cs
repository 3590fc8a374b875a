namespace Detector.Worker.Publishing;

/// <summary>Why a request was not taken.</summary>
/// <param name="Reason">One of <see cref="DeliveryFault.Reasons"/>.</param>
/// <param name="Words">What was answered, or what broke.</param>
/// <param name="IsPermanent">Whether the same request would fail for ever.</param>
internal sealed record HttpFailure(string Reason, string Words, bool IsPermanent);
