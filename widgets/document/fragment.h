// A part of a pipeline on its way through the clipboard, or being duplicated: text in the format of the file.
#pragma once
#include <QMimeData>
#include <memory>
#include <optional>
#include <vector>

#include "core/pipeline/pipeline.h"

namespace rw::ui {

/// These nodes, the wires between them and, with `inputs`, the wires that come to them from elsewhere.
Pipeline fragmentOf(const Pipeline& pipeline, const std::vector<NodeId>& nodes, bool inputs);

std::unique_ptr<QMimeData> toMimeData(const Pipeline& fragment);
/// Nothing when the data hold no nodes: foreign text is no error.
std::optional<Pipeline> fragmentFrom(const QMimeData& data);

/// The fragment as it fits into `pipeline`: free ids, free titles, moved by `offset`. Wires from nodes that
/// are not in the fragment stay where those exist.
Pipeline fitted(const Pipeline& fragment, const Pipeline& pipeline, Point offset);

/// `wanted`, or with a number behind it when a node of the pipeline, or of `others`, has that title.
std::string freeTitle(const Pipeline& pipeline, const std::string& wanted,
                      const std::vector<Node>& others = {});

}  // namespace rw::ui
