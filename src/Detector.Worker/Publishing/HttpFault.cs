using System.Net;

namespace Detector.Worker.Publishing;

/// <summary>Tells failed HTTP deliveries apart, in the reasons of <see cref="DeliveryFault"/>.</summary>
internal static class HttpFault
{
    /// <summary>Whether the same request would fail for ever.</summary>
    public static bool IsPermanent(HttpStatusCode status) =>
        (int)status is >= 300 and < 500 and not (408 or 421 or 425 or 429);

    /// <summary>A label value for an answer that is no success.</summary>
    public static string Reason(HttpStatusCode status) => (int)status switch
    {
        401 or 403 or 407 => "not_authorized",
        413 => "too_large",
        408 or 504 => "timeout",
        502 or 503 => "unreachable",
        >= 300 and < 500 and not (421 or 425 or 429) => "invalid_record",
        _ => "other",
    };

    /// <summary>A label value for a request without an answer.</summary>
    public static string Reason(Exception error) => error is OperationCanceledException or TimeoutException ? "timeout" : "unreachable";
}
