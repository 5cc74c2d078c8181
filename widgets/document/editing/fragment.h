// A part of a pipeline on its way through the clipboard, or being duplicated: text in the format of the file.
#pragma once
#include <QMimeData>
#include <memory>
#include <optional>
#include <vector>

#include "widgets/document/editing/note_index.h"

namespace rw::ui {

/// These nodes and comments, the wires between the nodes and, with `inputs`, the wires that come to them from
/// elsewhere.
Pipeline fragmentOf(const Pipeline& pipeline, const NoteIndex& notes, const std::vector<ItemRef>& items,
                    bool inputs);

std::unique_ptr<QMimeData> toMimeData(const Pipeline& fragment);
/// Nothing when the data hold no nodes and no comments: foreign text is no error.
std::optional<Pipeline> fragmentFrom(const QMimeData& data);

/// The fragment as it fits into `pipeline`: free ids, free titles, moved by `offset`. Wires from nodes that
/// are not in the fragment stay where those exist.
Pipeline fitted(const Pipeline& fragment, const Pipeline& pipeline, Point offset);

}  // namespace rw::ui
