// Adds a node by typing: at a point, at the free end of a wire (only what fits is listed), or on a wire.
#pragma once
#include <QFrame>
#include <QListView>

#include "widgets/canvas/canvas_view.h"
#include "widgets/document/template_list.h"

namespace rw::ui {

class SearchField;

class QuickAddPopup : public QFrame {
    Q_OBJECT
 public:
    QuickAddPopup(CanvasView& view, QWidget* parent);

    void openAt(QPointF scene, const QuickAddContext& context);

 protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

 private:
    void filter(const QString& typed);
    void accept();
    void leave();
    bool fits(const TemplateEntry& entry) const;

    CanvasView& m_view;
    SearchField* m_field;
    QListView* m_list;
    TemplateModel* m_model;
    QPointF m_at;
    QuickAddContext m_context;
    std::vector<TemplateEntry> m_entries;
};

}  // namespace rw::ui
