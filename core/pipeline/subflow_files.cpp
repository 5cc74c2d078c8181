#include "core/pipeline/subflow_files.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include "core/pipeline/json/json.h"

namespace rw {

namespace {

/// Empty: there is no such file.
std::string stateOfSubflow(const std::string& path) {
    struct stat now {};
    if (::stat(path.c_str(), &now) != 0) return {};
    // The time of the last change, which nobody can set back, as that of the last write can be.
    return fmt::format("{} {} {} {}.{:09}", now.st_dev, now.st_ino, now.st_size, now.st_ctim.tv_sec,
                       now.st_ctim.tv_nsec);
}

std::vector<PortSpec> portSpecs(const std::vector<NodeId>& nodes) {
    std::vector<PortSpec> ports;
    for (const NodeId& id : nodes) ports.push_back({id, RW_TEXT("subflow", "%1").with(id)});
    return ports;
}

std::size_t referencesIn(const Json& value) {
    std::size_t count = 0;
    if (value.is_string()) {
        const std::string& text = value.get_ref<const std::string&>();
        for (std::size_t at = text.find("${"); at != std::string::npos; at = text.find("${", at + 2)) ++count;
    } else if (value.is_structured()) {
        for (const Json& element : value) count += referencesIn(element);
    }
    return count;
}

std::size_t namesIn(const Pipeline& pipeline) {
    std::size_t count = pipeline.nodes.size() + 2 * pipeline.wires.size() + pipeline.variables.size();
    for (const Node& node : pipeline.nodes) count += referencesIn(node.params);
    return count;
}

void findPorts(SubflowFile& file, const Catalogue& catalogue) {
    for (const Node& node : file.pipeline.nodes) {
        const NodeKind* kind = catalogue.find(node.type);
        if (kind == nullptr) continue;
        const bool input = kind->subflow == SubflowRole::Input;
        if (!input && kind->subflow != SubflowRole::Output) continue;
        std::vector<NodeId>& ports = input ? file.inputs : file.outputs;
        if (ports.size() < SubflowFile::kMostPorts) ports.push_back(node.id);
    }
}

}  // namespace

std::string SubflowFiles::pathOf(const std::string& folder, const std::string& text) {
    std::error_code ignored;
    return std::filesystem::absolute(std::filesystem::path(folder) / text, ignored)
        .lexically_normal()
        .string();
}

Result<SubflowFileRef> SubflowFiles::read(const std::string& path, const Catalogue& catalogue) {
    // A write during the reading shows in the state of the next time.
    const std::string state = stateOfSubflow(path);
    {
        const std::lock_guard lock(m_mutex);
        const auto found = m_files.find(path);
        if (!state.empty() && found != m_files.end() && found->second.state == state)
            return found->second.file;
    }
    auto file = std::make_shared<SubflowFile>();
    RW_TRY_ASSIGN(file->text, readPipelineText(path));
    RW_TRY_ASSIGN(Loaded loaded, loadPipeline(file->text));
    file->pipeline = std::move(loaded.pipeline);
    file->identity = FileIdentity::of(path);
    file->names = namesIn(file->pipeline);
    findPorts(*file, catalogue);
    const std::lock_guard lock(m_mutex);
    m_files[path] = {state, file};
    return SubflowFileRef(std::move(file));
}

SubflowFileRef SubflowFiles::known(const std::string& path) const {
    const std::lock_guard lock(m_mutex);
    const auto found = m_files.find(path);
    return found != m_files.end() ? found->second.file : nullptr;
}

void SubflowFiles::remember(const std::string& words, const std::string& path) {
    const std::lock_guard lock(m_mutex);
    m_paths[words] = path;
}

std::optional<Ports> SubflowFiles::portsOf(const Json& params) const {
    const auto words = params.find(kSubflowFile);
    if (words == params.end() || !words->is_string()) return std::nullopt;
    SubflowFileRef file;
    {
        const std::lock_guard lock(m_mutex);
        const auto path = m_paths.find(words->get<std::string>());
        const auto found = path != m_paths.end() ? m_files.find(path->second) : m_files.end();
        if (found == m_files.end()) return std::nullopt;
        file = found->second.file;
    }
    return Ports{portSpecs(file->inputs), portSpecs(file->outputs)};
}

}  // namespace rw
