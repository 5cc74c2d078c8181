// Shows help pages, in the language and the colours of the interface also after those change. Links between
// pages are relative, as in the files; others open in the desktop's browser.
#pragma once
#include <QTextBrowser>

#include "core/pipeline/node_kind.h"
#include "widgets/help/help_pictures.h"

namespace rw::ui {

class HelpBrowser : public QTextBrowser {
    Q_OBJECT
 public:
    /// The catalogue must outlive it.
    explicit HelpBrowser(const Catalogue& catalogue, QWidget* parent = nullptr);

    void showPage(const QString& page);
    QString page() const;  ///< empty: none
    /// Marks the words of a search in this page and those that follow, which begin at the first of them;
    /// empty: no more.
    void markWords(const QString& typed);

    QVariant loadResource(int type, const QUrl& name) override;

 protected:
    void doSetSource(const QUrl& name, QTextDocument::ResourceType type) override;
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

 private:
    void again();
    void fitPictures();
    QTextCursor showMarks();

    const Catalogue& m_catalogue;
    QUrl m_read{};  ///< the page that was read last: source() is another one while it is put in
    HelpPictures m_pictures{};
    QString m_typed{};  ///< in the search
};

}  // namespace rw::ui
