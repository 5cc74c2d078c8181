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

}  // namespace rw::ui
