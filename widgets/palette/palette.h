// The palette: every node type there is, by group, to be dragged onto the canvas or added with Enter.
#pragma once
#include <QWidget>
#include <vector>

#include "widgets/document/editing/template_list.h"

class QLabel;
class QScrollArea;

namespace rw::ui {

class PaletteGroup;
class SearchField;
class SearchItems;

class Palette : public QWidget {
    Q_OBJECT
 public:
    static constexpr int kWidth = 232, kMinWidth = 200, kMaxWidth = 320;

    /// The catalogue must outlive the palette.
    explicit Palette(const Catalogue& catalogue, QWidget* parent = nullptr);

    /// The keyboard goes to the search field, its words selected.
    void focusSearch();
    /// Each of its nodes, to be added as with Enter.
    void addSearchItems(SearchItems& items);
    QSize sizeHint() const override;

 Q_SIGNALS:
    /// Enter or double-click: the node goes right of the selection.
    void addRequested(const rw::ui::NodeTemplate& node);
    /// Esc: the keyboard goes back to where it came from.
    void left();

 protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void changeEvent(QEvent* event) override;

 private:
    void fill();
    void fitNames();
    void filter(const QString& typed);
    void addFirstFound();

    const Catalogue& m_catalogue;
    SearchField* m_search;
    std::vector<PaletteGroup*> m_groups;
    QLabel* m_nothing;
    QScrollArea* m_scroll = nullptr;
};

}  // namespace rw::ui
