#include "app/run_words.h"

#include <QCoreApplication>

#include "widgets/document/node_mark.h"

namespace rw::ui {

QString failedWords(const RunSession& session, const PipelineDocument& document) {
    const NodeId node = session.failedNode();
    return node.empty()
               ? QCoreApplication::translate("run", "Failed")
               : QCoreApplication::translate("run", "Failed in “%1”").arg(titleOf(document.pipeline(), node));
}

QString stoppingWords(const RunSession& session, const PipelineDocument& document) {
    constexpr double kLongSeconds = 1;
    for (const auto& [id, node] : session.snapshot().metrics.nodes) {
        if (node.inCallSeconds < kLongSeconds) continue;
        return QCoreApplication::translate("run", "waiting for “%1”").arg(titleOf(document.pipeline(), id));
    }
    return {};
}

}  // namespace rw::ui
