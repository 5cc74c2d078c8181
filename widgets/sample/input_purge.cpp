#include "widgets/sample/input_purge.h"

#include <algorithm>
#include <iterator>
#include <utility>
#include <vector>

#include "core/listen/heard_store.h"
#include "core/pipeline/checks/settings_check.h"
#include "core/tape/rolling/rolling_tape.h"
#include "widgets/background/background.h"
#include "widgets/document/connection_list.h"
#include "widgets/document/pipeline_document.h"
#include "widgets/session/run_session.h"

namespace rw::ui {

namespace {

std::set<std::string> namesOf(const ConnectionList& connections) {
    std::set<std::string> names;
    for (const Connection& each : connections.connections()) names.insert(each.name);
    return names;
}

/// Whether some node has one of the names as the value of a parameter: which of them name connections is of
/// no matter, for it is better to remove too much.
bool names(const Pipeline& pipeline, const std::set<std::string>& gone) {
    return std::any_of(pipeline.nodes.begin(), pipeline.nodes.end(), [&](const Node& node) {
        return std::any_of(node.params.begin(), node.params.end(), [&](const Json& value) {
            return value.is_string() && gone.contains(value.get<std::string>());
        });
    });
}

/// The newest input of the last run is not wanted any more; removing it is the work of another thread. False:
/// there is none.
bool dropKeptInput(QObject& owner, const RunSession& session) {
    std::vector<std::shared_ptr<RollingTape>> tapes;
    if (session.keptInput()) tapes.push_back(session.keptInput());
    for (const EarlierInput& each : session.keptInputs().earlier()) tapes.push_back(each.tape);
    std::erase_if(tapes, [](const auto& tape) { return !tape->kept().any; });
    if (tapes.empty()) return false;
    runInBackground(&owner, [tapes = std::move(tapes)] {
        for (const auto& tape : tapes) tape->end();
        return [] {};
    });
    return true;
}

}  // namespace

InputPurge::InputPurge(PipelineDocument& document, RunSession& session, const ConnectionList& connections,
                       std::function<void(const QString&)> tell, QObject* parent)
    : QObject(parent),
      m_document(document),
      m_session(session),
      m_connections(connections),
      m_tell(std::move(tell)),
      m_names(namesOf(connections)) {
    connect(&document, &PipelineDocument::changed, this, &InputPurge::followDocument);
    connect(&connections, &ConnectionList::changed, this, &InputPurge::followConnections);
}

void InputPurge::followDocument() {
    const bool keeps = keepsInput(m_document.pipeline().settings);
    const std::string file = m_document.path().toStdString();
    // Once, when that is said, and not again with each edit.
    if (std::exchange(m_purged, keeps ? std::nullopt : std::optional(file)) == file || keeps) return;
    const bool kept = dropKeptInput(*this, m_session);
    runInBackground(this, [this, kept, file] {
        const std::size_t heard = HeardStore().forgetPipeline(file);
        return [this, any = kept || heard > 0] {
            if (!any) return;
            if (m_tell)
                m_tell(tr("This pipeline keeps no input: the rows that were kept of it are removed."));
            Q_EMIT purged();
        };
    });
}

void InputPurge::followConnections() {
    const std::set<std::string> now = namesOf(m_connections);
    std::set<std::string> gone;
    std::set_difference(m_names.begin(), m_names.end(), now.begin(), now.end(),
                        std::inserter(gone, gone.end()));
    m_names = now;
    if (gone.empty() || !m_connections.trouble().ok()) return;
    const bool kept = names(m_document.pipeline(), gone) && dropKeptInput(*this, m_session);
    runInBackground(this, [this, kept, gone = std::move(gone)] {
        std::size_t heard = 0;
        for (const std::string& name : gone) heard += HeardStore().forgetConnection(name);
        return [this, any = kept || heard > 0] {
            if (!any) return;
            if (m_tell) m_tell(tr("The rows that were kept of the removed connection are removed, too."));
            Q_EMIT purged();
        };
    });
}

}  // namespace rw::ui
