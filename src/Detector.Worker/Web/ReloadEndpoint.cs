namespace Detector.Worker.Web;

/// <summary><c>POST /-/reload</c>: has the configuration read again, as SIGHUP does, and says what is wrong with it.</summary>
internal static class ReloadEndpoint
{
    public const string Path = "/-/reload";

    public static void Map(WebApplication application, IReload reload) => application.MapPost(Path, async context =>
    {
        IReadOnlyList<string> problems = await reload.AskAsync().WaitAsync(context.RequestAborted).ConfigureAwait(false);
        await (problems.Count == 0
            ? Answer.TextAsync(context, StatusCodes.Status202Accepted, "the configuration is right and being taken up\n")
            : Answer.TextAsync(context, StatusCodes.Status422UnprocessableEntity, string.Concat(problems.Select(problem => $"{problem}\n")))).ConfigureAwait(false);
    });
}
