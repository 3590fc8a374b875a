using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public partial class Module
        {
            /// <summary>The parameters with their dotted names; one that is registered twice comes once.</summary>
            public virtual IEnumerable<(string name, Parameter parameter)> named_parameters(bool recurse = true)
            {
                HashSet<nint> seen = [0];
                foreach (var (name, parameter) in _internal_params)
                    if (seen.Add(parameter.handle)) yield return (name, parameter);
                if (!recurse) yield break;
                foreach (var (child, module) in _internal_submodules)
                    foreach (var (name, parameter) in module.named_parameters())
                        if (seen.Add(parameter.handle)) yield return ($"{child}.{name}", parameter);
            }

            public virtual IEnumerable<Parameter> parameters(bool recurse = true) => named_parameters(recurse).Select(p => p.parameter);

            /// <summary>The persistent buffers with their dotted names.</summary>
            public virtual IEnumerable<(string name, Tensor buffer)> named_buffers(bool recurse = true, bool include_nonpersistent = true)
            {
                HashSet<nint> seen = [0];
                foreach (var (name, (buffer, persistent)) in _internal_buffers)
                    if (persistent && seen.Add(buffer.handle)) yield return (name, buffer);
                if (!recurse) yield break;
                foreach (var (child, module) in _internal_submodules)
                    foreach (var (name, buffer) in module.named_buffers(true, include_nonpersistent))
                        if (seen.Add(buffer.handle)) yield return ($"{child}.{name}", buffer);
            }

            public virtual IEnumerable<Tensor> buffers(bool recurse = true, bool include_nonpersistent = true) =>
                named_buffers(recurse, include_nonpersistent).Select(b => b.buffer);

            public virtual IEnumerable<(string name, Module module)> named_children() => _internal_submodules;

            public virtual IEnumerable<Module> children() => named_children().Select(c => c.module);

            /// <summary>All modules below this one: first the children, then what is below each.</summary>
            public virtual IEnumerable<(string name, Module module)> named_modules()
            {
                foreach (var child in named_children()) yield return child;
                foreach (var (child, module) in named_children())
                    foreach (var (name, below) in module.named_modules())
                        yield return ($"{child}.{name}", below);
            }

            public virtual IEnumerable<Module> modules() => named_modules().Select(m => m.module);

            public virtual bool has_parameter(string target) => get_parameter(target) is not null;

            public virtual bool has_buffer(string target) => get_buffer(target) is not null;

            public virtual Parameter? get_parameter(string target)
            {
                if (_internal_params.TryGetValue(target, out var parameter)) return parameter;
                return Child(target, out var rest)?.get_parameter(rest);
            }

            public virtual Tensor? get_buffer(string target)
            {
                if (_internal_buffers.TryGetValue(target, out var buffer)) return buffer.Item1;
                return Child(target, out var rest)?.get_buffer(rest);
            }

            private Module? Child(string target, out string rest)
            {
                var dot = target.IndexOf('.', StringComparison.Ordinal);
                rest = dot < 0 ? "" : target[(dot + 1)..];
                return dot < 0 ? null : named_children().FirstOrDefault(c => c.name == target[..dot]).module;
            }
        }
    }
}
