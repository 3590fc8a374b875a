using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Detector.Worker.Web;

/// <summary>Reads the JSON of a write; its length is bounded by the server.</summary>
internal static class RequestBody
{
    /// <returns>Null when it could not be read; the request is answered then.</returns>
    public static async Task<T?> ReadAsync<T>(HttpContext context, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            if (await JsonSerializer.DeserializeAsync(context.Request.Body, type, context.RequestAborted).ConfigureAwait(false) is { } value)
                return value;
            await Answer.ProblemAsync(context, StatusCodes.Status400BadRequest, "The body is null.").ConfigureAwait(false);
        }
        catch (JsonException error)
        {
            await Answer.ProblemAsync(context, StatusCodes.Status400BadRequest, $"The body cannot be read: {error.Message}").ConfigureAwait(false);
        }
        catch (BadHttpRequestException error)
        {
            await Answer.ProblemAsync(context, error.StatusCode, error.Message).ConfigureAwait(false);
        }

        return null;
    }
}
