// The help window: contents with a search at the left, the page at the right, back and forward above it.
#pragma once
#include <QWidget>

#include "core/pipeline/node_kind.h"

class QLabel;
class QTreeWidget;
class QTreeWidgetItem;

namespace rw::ui {

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

 private:
    void build();
    void retranslate();
    void fill();
    void filter(const QString& typed);
    void follow();  ///< another page is shown: mark it in the contents
    std::vector<QTreeWidgetItem*> items() const;

    const Catalogue& m_catalogue;
    SearchField* m_search;
    QTreeWidget* m_contents;
    HelpBrowser* m_browser;
    IconButton *m_back, *m_forward;
    QLabel* m_title;
};

}  // namespace rw::ui
