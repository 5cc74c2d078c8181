// The help window: contents with a search at the left, the page at the right, back and forward above it.
#pragma once
#include <QWidget>
#include <vector>

#include "core/pipeline/node_kind.h"
#include "widgets/help/help_pages.h"

class QLabel;
class QTreeWidget;
class QTreeWidgetItem;

namespace rw::ui {

class EmptyState;
class HelpBrowser;
class IconButton;
class SearchField;

class HelpWindow : public QWidget {
    Q_OBJECT
 public:
    /// The catalogue must outlive the window.
    explicit HelpWindow(const Catalogue& catalogue, QWidget* parent = nullptr);

    /// A page as helpPages() names it.
    void showPage(const QString& page);
    void showNode(const QString& nodeType);
    QString page() const;

 protected:
    void changeEvent(QEvent* event) override;
    /// Of the search field and the contents: the keys that lead from one to the other.
    bool eventFilter(QObject* watched, QEvent* event) override;

 private:
    void build();
    void retranslate();
    void fill();           ///< the contents: all pages, or those that the search finds, best first
    void enterContents();  ///< with the keyboard
    void openFound();      ///< the page that was chosen of those found, or the best
    void follow();         ///< another page is shown: mark it in the contents
    void list(const QString& group, const std::vector<HelpPage>& pages);
    std::vector<QTreeWidgetItem*> items() const;

    const Catalogue& m_catalogue;
    SearchField* m_search;
    QTreeWidget* m_contents;
    EmptyState* m_nothing;  ///< in its place when the search finds no page
    HelpBrowser* m_browser;
    IconButton *m_back, *m_forward;
    QLabel* m_title;
    bool m_chosen = false;  ///< a page of those listed, by the user
};

}  // namespace rw::ui
