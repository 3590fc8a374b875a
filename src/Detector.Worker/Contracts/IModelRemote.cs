namespace Detector.Worker.Contracts;

/// <summary>Keeps models where every worker finds them, beside the store on this machine. Thread-safe; never throws for what may pass.</summary>
public interface IModelRemote
{
    /// <summary>Brings the versions of a model that this machine lacks. When they cannot be had, what is here serves.</summary>
    void Fetch(string pipeline, string key);

    /// <summary>Puts the versions of a model that this machine has, and removes those before the newest <paramref name="keep"/>.</summary>
    void Keep(string pipeline, string key, int keep);
}
