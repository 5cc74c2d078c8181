#include "app/cli/samples/listening.h"

#include <fmt/format.h>

#include <map>
#include <memory>
#include <utility>

#include "app/cli/allowed_connections.h"
#include "core/connect/connections/connection_file.h"
#include "core/listen/listen.h"
#include "core/pipeline/checks/settings_check.h"

namespace rw::cli {

namespace {

using HeardNow = std::map<std::string, HeardRows>;

/// What came just now, and of other sources what is on disk: it is shown also where it can't be kept.
HeardSources withHeard(std::shared_ptr<const HeardNow> now) {
    HeardSources onDisk = heardSources(HeardStore());
    return [now = std::move(now), onDisk = std::move(onDisk)](const Node& node, const NodeKind& kind,
                                                              const BoundNode& bound) {
        HeardSource known = onDisk(node, kind, bound);
        const auto found = now->find(known.key);
        if (found == now->end()) return known;
        known.at = found->second.at;
        known.sample = std::make_shared<SourceSample>(sampleOf(found->second));
        return known;
    };
}

}  // namespace

std::optional<HeardSources> listenFor(const SampleCommand& command, const WithQt& withQt,
                                      const Loaded& loaded, const std::string& text,
                                      const LookResult& looked) {
    ListenRequest request{loaded.pipeline, catalogue()};
    request.validating = validateOptions(command.pipeline);
    request.within = static_cast<Millis>(command.listen * 1'000);
    for (const LookedSource& source : looked.sources) {
        if (source.listens) request.sources.push_back(source.node);
    }
    if (request.sources.empty()) {
        printMessage("note", "there is no live source above the node that can be listened to");
        return heardSources(HeardStore());
    }
    const Pipeline only = onlySources(loaded.pipeline, catalogue(), request.validating, request.sources);
    const Validated checked = validate(only, catalogue(), request.validating);
    if (!connectionsAllowed(only, request.validating, checked, text, command.pipeline)) return std::nullopt;
    request.connections = connectionsIn(connectionsPath(), withQt.secrets());
    Listened heard = listen(request);
    printIssues(heard.issues);
    auto now = std::make_shared<HeardNow>();
    const bool keeps = keepsInput(loaded.pipeline.settings);
    for (Heard& one : heard.sources) {
        if (!one.missing.empty()) {
            const std::string fix = one.fix.empty() ? std::string() : " " + english(one.fix);
            printMessage("warning", one.node + ": " + english(one.missing) + fix);
        }
        if (one.rows.count() == 0) continue;
        if (!keeps) {
            printMessage("note", one.node + ": the rows are not kept, as the pipeline keeps no input");
        } else if (const Status kept = HeardStore().keep(one.by, one.rows); !kept.ok()) {
            printMessage("warning", english(kept.error()));
        }
        now->emplace(one.by.key, std::move(one.rows));
    }
    return withHeard(std::move(now));
}

}  // namespace rw::cli
