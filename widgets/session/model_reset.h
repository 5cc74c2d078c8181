// Resetting the model of a node that learns while it runs: the words for it, and the question before it.
#pragma once
#include <QString>

#include "core/pipeline/pipeline.h"

class QWidget;

namespace rw::ui {

class PipelineDocument;
class RunSession;

/// Whether the node is one that learns.
bool hasModel(const PipelineDocument& document, const NodeId& node);
/// On a button or in a menu, with a mnemonic.
QString resetWords();
/// What is lost: “The model forgets what it learnt from 12 400 rows, and begins anew.”
QString resetQuestion(const RunSession& session, const NodeId& node);
/// Asks, and has the run reset the model when the answer is yes. Says so when the run refuses.
void askToReset(const PipelineDocument& document, RunSession& session, const NodeId& node, QWidget* parent);

}  // namespace rw::ui
