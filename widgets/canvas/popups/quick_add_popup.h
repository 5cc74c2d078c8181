// Adds a node by typing: at a point, at the free end of a wire (only types that fit are listed), or on a wire.
#pragma once
#include "widgets/canvas/canvas_view.h"
#include "widgets/document/editing/template_list.h"
#include "widgets/theme/pick_popup.h"

namespace rw::ui {

class QuickAddPopup : public PickPopup {
    Q_OBJECT
 public:
    QuickAddPopup(CanvasView& view, QWidget* parent);

    void openAt(QPointF scene, const QuickAddContext& context);

 private:
    void filter(const QString& typed) override;
    void accept() override;
    void leave() override;
    bool fits(const TemplateEntry& entry) const;

    CanvasView& m_view;
    TemplateModel* m_model;
    QPointF m_at;
    QuickAddContext m_context;
    std::vector<TemplateEntry> m_entries;
    bool m_isAbove = false;  ///< the point: its lower edge stays there while the list grows and shrinks
};

}  // namespace rw::ui
