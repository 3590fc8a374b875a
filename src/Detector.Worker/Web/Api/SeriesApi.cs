using Detector.Models.Artifacts;
using Detector.Models.Training;
using Detector.Worker.Pipeline;

namespace Detector.Worker.Web.Api;

/// <summary>Series, their past, and models. Names travel in the query: they come from a stream and may hold anything.</summary>
internal sealed class SeriesApi(PageServices services, IReadiness readiness)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/overview", context => Answer.JsonAsync(context, Overview.Of(services, readiness), WebJson.Default.Overview));
        routes.MapGet("/api/v1/series", context => Find(services, context) is { } series
            ? Answer.JsonAsync(context, SeriesDetail.Of(series), WebJson.Default.SeriesDetail)
            : Answer.ProblemAsync(context, StatusCodes.Status404NotFound, "There is no such series; name it with ?pipeline=…&series=…"));
        routes.MapGet("/api/v1/models", context => Answer.JsonAsync(context, [.. ModelRow.All(services)], WebJson.Default.ModelRowArray));
        routes.MapGet("/api/v1/models/detail", ModelAsync);
    }

    /// <summary>The series that the query names.</summary>
    public static SeriesState? Find(PageServices services, HttpContext context)
    {
        (string? pipeline, string? key) = (context.Request.Query["pipeline"], context.Request.Query["series"]);
        return services.Pipelines.FirstOrDefault(candidate => candidate.Name == pipeline)?.Series.FirstOrDefault(series => series.Key == key);
    }

    private Task ModelAsync(HttpContext context)
    {
        (string? pipeline, string? key, string? version) = (context.Request.Query["pipeline"], context.Request.Query["series"], context.Request.Query["version"]);
        // Looked up among what is there: nothing of the query becomes a path.
        ModelRow? row = ModelRow.All(services).FirstOrDefault(row => row.Pipeline == pipeline && row.Series == key && row.Version == version);
        ArtifactManifest? manifest = row is null
            ? null
            : services.Models.Manifests().FirstOrDefault(entry => entry.Manifest is { } it && it.Pipeline == pipeline && it.Key == key && it.Version == version)?.Manifest;
        if (row is null || manifest is null)
            return Answer.ProblemAsync(context, StatusCodes.Status404NotFound, "There is no such model; name it with ?pipeline=…&series=…&version=…");
        try
        {
            return Answer.JsonAsync(context, new ModelDetail(row, ModelArtifact.Report(manifest), ModelArtifact.Diagnostics(manifest)), WebJson.Default.ModelDetail);
        }
        catch (InvalidDataException error)
        {
            return Answer.ProblemAsync(context, StatusCodes.Status422UnprocessableEntity, error.Message);
        }
    }
}
