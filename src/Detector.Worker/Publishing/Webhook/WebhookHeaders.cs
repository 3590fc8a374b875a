using System.Globalization;
using System.Text;
using Detector.Worker.Contracts;

namespace Detector.Worker.Publishing.Webhook;

/// <summary>
/// CloudEvents attributes as HTTP headers (HTTP protocol binding, binary mode): whatever is not printable ASCII is percent-encoded, so that nothing
/// that comes from a stream can end a header and begin another.
/// </summary>
internal static class WebhookHeaders
{
    public static IReadOnlyDictionary<string, string> Of(in OutboundRecord record)
    {
        var headers = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach ((string name, string value) in record.Headers)
        {
            if (name.StartsWith("ce_", StringComparison.Ordinal))
                headers["ce-" + name[3..]] = Safe(value);
        }

        return headers;
    }

    public static string Safe(string value)
    {
        var text = new StringBuilder();
        Span<byte> bytes = stackalloc byte[4];
        foreach (Rune rune in value.EnumerateRunes())
        {
            if (rune.Value is > ' ' and <= '~' and not ('"' or '%'))
            {
                text.Append((char)rune.Value);
                continue;
            }

            foreach (byte part in bytes[..rune.EncodeToUtf8(bytes)])
                text.Append(CultureInfo.InvariantCulture, $"%{part:X2}");
        }

        return text.ToString();
    }
}
