// What followed a renamed column, and the way back: “Renamed in 3 nodes”.
#pragma once
#include <QWidget>

#include "core/pipeline/renaming/follow_renames.h"

namespace rw::ui {

class HintBox;
class PipelineDocument;
class RenameFollower;

class RenamedBar : public QWidget {
    Q_OBJECT
 public:
    /// Hidden until something follows, and again when it can't be taken back any more.
    RenamedBar(const PipelineDocument& document, RenameFollower& renames, QWidget* parent = nullptr);

 protected:
    void changeEvent(QEvent* event) override;

 private:
    static QString titlesOf(const Pipeline& pipeline, const std::vector<NodeId>& nodes);
    void refresh();

    const PipelineDocument& m_document;
    FollowedRenames m_renames{};
    HintBox* m_box;
};

}  // namespace rw::ui
