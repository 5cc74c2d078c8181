#include "app/cli/verdicts.h"

#include <cstdio>

#include "app/cli/load.h"
#include "core/base/table_text.h"
#include "core/deploy/artefact.h"

namespace rw::cli {

namespace {

Json remarkJson(const Remark& remark) {
    return {{"verdict", verdictName(remark.verdict)},
            {"message", english(remark.what)},
            {"condition", english(remark.condition)},
            {"mend", english(remark.fix)},
            {"param", remark.param},
            {"item", remark.item},
            {"position", remark.position},
            {"length", remark.length}};
}

}  // namespace

void printVerdicts(const Pipeline& pipeline, const Translation& translation) {
    for (const Node& node : pipeline.nodes) {
        const auto found = translation.nodes.find(node.id);
        if (found == translation.nodes.end()) continue;
        if (found->second.verdict() != Verdict::Refused) {
            std::fprintf(stderr, "%s\n", printableLine(verdictLine(node.id, found->second)).c_str());
            continue;
        }
        for (const Remark& remark : found->second.findings) {
            if (remark.verdict != Verdict::Refused) continue;
            const std::string place = remark.param.empty() ? node.id : node.id + "." + remark.param;
            const std::string fix = remark.fix.empty() ? std::string() : " " + english(remark.fix);
            printMessage("refused", place + ": " + english(remark.what) + fix);
        }
    }
}

Json verdictsJson(const Pipeline& pipeline, const Translation& translation) {
    Json nodes = Json::array();
    for (const auto& [id, verdict] : translation.nodes) {
        const Node* node = pipeline.find(id);
        Json remarks = Json::array();
        for (const Remark& remark : verdict.findings) remarks.push_back(remarkJson(remark));
        nodes.push_back({{"node", id},
                         {"type", node != nullptr ? node->type : std::string()},
                         {"verdict", verdictName(verdict.verdict())},
                         {"remarks", std::move(remarks)}});
    }
    return {{"verdict", verdictName(translation.worst)}, {"nodes", std::move(nodes)}};
}

}  // namespace rw::cli
