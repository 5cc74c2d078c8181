// A group of the palette: a head that folds it, with a count, and its entries.
#pragma once
#include <QListView>
#include <QWidget>

#include "widgets/document/editing/template_list.h"

namespace rw::ui {

class SectionHead;

/// As high as its rows; an entry dragged out of it has a card-like picture.
class EntryList : public QListView {
    Q_OBJECT
 public:
    explicit EntryList(QWidget* parent);
    void fitHeight();

 Q_SIGNALS:
    void chosen(const QModelIndex& index);
    void navigatedUp();
    void navigatedDown();

 protected:
    void startDrag(Qt::DropActions actions) override;
    void keyPressEvent(QKeyEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
};

class PaletteGroup : public QWidget {
    Q_OBJECT
 public:
    PaletteGroup(NodeGroup group, QWidget* parent);

    NodeGroup group() const { return m_group; }
    void setEntries(const QString& name, std::vector<TemplateEntry> entries);
    /// Shows the matches of `typed`, the best first; false: none.
    bool filter(const QString& typed);
    int bestScore() const { return m_bestScore; }
    const TemplateEntry* bestEntry() const;  ///< null: nothing was found
    bool acceptsKeyboardFocus() const;
    void enterFrom(bool above);

 Q_SIGNALS:
    void chosen(const rw::ui::NodeTemplate& node);
    void navigatedUp();
    void navigatedDown();

 private:
    void refreshHead();

    NodeGroup m_group;
    SectionHead* m_head;
    EntryList* m_list;
    TemplateModel* m_model;
    std::vector<TemplateEntry> m_entries;
    int m_bestScore = 0;
    bool m_searching = false;
};

}  // namespace rw::ui
