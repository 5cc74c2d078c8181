#include "core/pipeline/touch.h"

#include <sys/stat.h>

#include <set>

#include "core/pipeline/used_paths.h"

namespace rw {

namespace {

Touch touchOf(UsedPath used) {
    Touch touch;
    touch.kind = used.spec->kind == ParamKind::OutputPath ? Touch::Kind::Writes : Touch::Kind::Reads;
    touch.target = used.file.path.native();
    touch.part = std::move(used.partName);
    touch.title = std::move(used.title);
    touch.adds = used.adds;
    touch.partState = used.spec->partState;
    return touch;
}

}  // namespace

std::string Touch::identity() const {
    std::string name(1, kind == Kind::Reads ? 'r' : kind == Kind::Writes ? 'w' : 's');
    name.append(target).append(1, '\0').append(smallLetters(part));
    return name;
}

std::vector<Touch> touchesOf(const Pipeline& pipeline, const Catalogue& catalogue,
                             const ValidateOptions& options, const Validated& validated) {
    std::vector<Issue> told;  // validation told them
    const Variables variables = variablesOf(pipeline, options, told);
    const Graph graph = buildGraph(pipeline, catalogue, told);
    std::vector<Touch> touches;
    std::set<std::string> known;
    const auto add = [&](Touch touch) {
        if (known.insert(touch.identity()).second) touches.push_back(std::move(touch));
    };
    for (UsedPath& used : usedPaths(graph, variables, options.folder)) add(touchOf(std::move(used)));
    for (const GraphNode& node : graph.nodes) {
        if (!node.runs) continue;
        const auto typed = validated.nodes.find(node.node->id);
        if (typed == validated.nodes.end() || !typed->second.bound) continue;
        for (Touch touch : typed->second.bound->touches) {
            touch.title = node.node->shownTitle();
            add(std::move(touch));
        }
    }
    return touches;
}

std::optional<std::string> outputState(const Touch& written) {
    struct stat found {};
    if (!written.isFile() || isDevice(written.target) || ::stat(written.target.c_str(), &found) != 0)
        return std::nullopt;
    if (!written.part.empty() && written.partState != nullptr)
        return written.partState(written.target, written.part);
    return fmt::format("file {} {} {} {}.{:09}", found.st_dev, found.st_ino, found.st_size, found.st_mtim.tv_sec,
                       found.st_mtim.tv_nsec);
}

}  // namespace rw
