#include "widgets/help/help_browser.h"

#include <QEvent>
#include <QScrollBar>

#include "widgets/help/deploy_tables.h"
#include "widgets/help/help_pages.h"
#include "widgets/help/help_style.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {

constexpr char kScheme[] = "help", kEnding[] = ".md";

QString pageOf(const QUrl& url) {
    const QString path = url.path();
    if (url.scheme() != QLatin1String(kScheme) || !path.endsWith(QLatin1String(kEnding))) return {};
    return path.mid(1).chopped(3);
}

}  // namespace

HelpBrowser::HelpBrowser(const Catalogue& catalogue, QWidget* parent)
    : QTextBrowser(parent), m_catalogue(catalogue) {
    setOpenExternalLinks(true);
    setFrameShape(QFrame::NoFrame);
    setAccessibleName(tr("Help page"));
    connect(this, &QTextBrowser::sourceChanged, this, [this] {
        m_pictures.take(*document(), m_read, Theme::of(this).isDark());
        styleHelp(*document());
        fitPictures();
        const QTextCursor first = showMarks();
        if (first.isNull() || source().hasFragment()) return;
        setTextCursor(first);
        ensureCursorVisible();
    });
    // A table is wider than its page by its border: that is in the margin, and no reason to scroll.
    connect(horizontalScrollBar(), &QScrollBar::rangeChanged, this, [this](int, int most) {
        const bool wide = most > qRound(document()->documentMargin());
        setHorizontalScrollBarPolicy(wide ? Qt::ScrollBarAsNeeded : Qt::ScrollBarAlwaysOff);
    });
    connect(&Theme::of(this), &Theme::changed, this, &HelpBrowser::again);
}

void HelpBrowser::showPage(const QString& page) {
    setSource(QUrl(QStringLiteral("%1:/%2%3").arg(QLatin1String(kScheme), page, QLatin1String(kEnding))));
}

void HelpBrowser::markWords(const QString& typed) {
    if (typed == m_typed) return;
    m_typed = typed;
    showMarks();
}

/// Gives the place of the first one; null: there is none.
QTextCursor HelpBrowser::showMarks() {
    constexpr qsizetype kMost = 500;  // of a letter there may be thousands
    QList<QTextEdit::ExtraSelection> marks;
    QTextCursor first;
    const QStringList words = m_typed.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    for (const QString& word : words) {
        for (QTextCursor found = document()->find(word); !found.isNull() && marks.size() < kMost;
             found = document()->find(word, found)) {
            QTextEdit::ExtraSelection mark;
            mark.cursor = found;
            mark.format.setBackground(Theme::of(this).tokens().warn.tint);
            mark.format.setForeground(Theme::of(this).tokens().warn.text);
            marks.push_back(mark);
            if (first.isNull() || found.selectionStart() < first.selectionStart()) first = found;
        }
    }
    setExtraSelections(marks);
    if (!first.isNull()) first.setPosition(first.selectionStart());
    return first;
}

QString HelpBrowser::page() const {
    return pageOf(source());
}

QVariant HelpBrowser::loadResource(int type, const QUrl& name) {
    if (type == QTextDocument::ImageResource) return {};  // m_pictures brings them
    const QUrl whole = source().resolved(name);
    const QString page = pageOf(whole);
    if (page.isEmpty()) return QTextBrowser::loadResource(type, name);
    m_read = whole;
    const QString text = helpText(page, m_catalogue);
    if (text.isEmpty()) return tr("# No such page\n\nThere is no help page “%1”.").arg(page);
    return QString(text + deployNote(page, m_catalogue));
}

void HelpBrowser::doSetSource(const QUrl& name, QTextDocument::ResourceType type) {
    const QUrl whole = source().resolved(name);
    QTextBrowser::doSetSource(whole, pageOf(whole).isEmpty() ? type : QTextDocument::MarkdownResource);
}

// The same page, kept at its place.
void HelpBrowser::again() {
    if (page().isEmpty()) return;
    const int at = verticalScrollBar()->value();
    reload();
    verticalScrollBar()->setValue(at);
}

// As if the scroll bar were there: one that came and went with the height of pictures would change their
// width.
void HelpBrowser::fitPictures() {
    const int bar = verticalScrollBar()->sizeHint().width();
    const int room = width() - 2 * frameWidth() - bar - 2 * qRound(document()->documentMargin());
    m_pictures.fit(*document(), room, devicePixelRatioF(), Theme::of(this).tokens().line);
}

void HelpBrowser::resizeEvent(QResizeEvent* event) {
    QTextBrowser::resizeEvent(event);
    fitPictures();
}

void HelpBrowser::changeEvent(QEvent* event) {
    QTextBrowser::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        setAccessibleName(tr("Help page"));
        again();
    }
}

}  // namespace rw::ui
