// Closing a window that waits, by hand, while the run goes on: the words for it, and the question before it.
#pragma once
#include <QString>
#include <optional>

#include "core/pipeline/pipeline.h"
#include "core/stream/window_assigner.h"

class QWidget;

namespace rw::ui {

class PipelineDocument;
class RunSession;

/// The first window of the node that takes rows just now; nothing: none does, or that is not known.
std::optional<Window> openWindow(const RunSession& session, const NodeId& node);
/// On a button or in a menu, with a mnemonic.
QString closeWords();
/// What it means: “The window … closes with the rows that it has. Rows before … that come later are late.”
QString closeQuestion(const Window& window);
/// Asks, and has the run close the window, and all of the node that end before it, when the answer is yes.
/// Says so when the run refuses. Returns at once; the box goes with `parent`.
void askToClose(const PipelineDocument& document, RunSession& session, const NodeId& node,
                const Window& window, QWidget* parent);

}  // namespace rw::ui
