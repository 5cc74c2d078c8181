// Renamed columns: when the editing of a field ends in which a column got another name, the nodes behind it
// follow, as a part of the step that the field made.
#pragma once
#include <QObject>
#include <memory>
#include <optional>

#include "core/pipeline/renaming/follow_renames.h"
#include "widgets/document/editing/document_change.h"

namespace rw::ui {

class PipelineDocument;

class RenameFollower : public QObject {
    Q_OBJECT
 public:
    explicit RenameFollower(PipelineDocument& document, QObject* parent = nullptr);

    /// Before a field of the node gives another value: as it is now the names count, until finish().
    void begin(const NodeId& node);
    /// After it did.
    void edited();
    /// The field is left, or Enter was pressed. While the node has errors its names are not known: the next
    /// finish() of the same node looks again.
    void finish();

    /// Takes back what followed last, and leaves the new name where it was typed. One step.
    void undoFollowed();

 Q_SIGNALS:
    void followed(const rw::FollowedRenames& renames);
    void outdated();  ///< what followed last can't be taken back any more: other steps were made, or undone

 private:
    struct Session {
        NodeId node;
        Pipeline before;
        std::shared_ptr<const Validated> known;  ///< null: not checked yet
        quint64 structure = 0;
        int step = 0;  ///< of the undo stack, with what was typed
    };
    struct Done {
        std::vector<FollowedParam> before;
        int step = 0;
    };
    void onChanged(const DocumentChange& change);

    PipelineDocument& m_document;
    std::optional<Session> m_session{};
    std::optional<Done> m_done{};
};

}  // namespace rw::ui
