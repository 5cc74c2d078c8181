#include "widgets/help/help_pictures.h"

#include <QFileInfo>
#include <QPainter>
#include <QStringList>
#include <QTextBlock>
#include <QTextCursor>
#include <QTextDocument>
#include <algorithm>
#include <utility>

#include "widgets/document/translated.h"

namespace rw::ui {

namespace {

constexpr char kDarkMark[] = "-dark";

struct PicturePart {
    int from, to;
    QTextImageFormat format;
};

std::vector<PicturePart> picturePartsOf(const QTextDocument& document) {
    std::vector<PicturePart> parts;
    for (QTextBlock block = document.begin(); block.isValid(); block = block.next()) {
        for (auto part = block.begin(); !part.atEnd(); ++part) {
            const QTextFragment fragment = part.fragment();
            const QTextCharFormat format = fragment.charFormat();
            if (!format.isImageFormat()) continue;
            parts.push_back({fragment.position(), fragment.position() + fragment.length(),
                             format.toImageFormat()});
        }
    }
    return parts;
}

QTextCursor cursorOver(QTextDocument& document, int from, int to) {
    QTextCursor cursor(&document);
    cursor.setPosition(from);
    cursor.setPosition(to, QTextCursor::KeepAnchor);
    return cursor;
}

QString darkNameOf(const QString& name) {
    const QFileInfo file(name);
    return QStringLiteral("%1/%2%3.%4")
        .arg(file.path(), file.completeBaseName(), QLatin1String(kDarkMark), file.suffix());
}

}  // namespace

QString helpPictureFile(const QString& root, const QString& language, const QString& name, bool dark) {
    QStringList names{name};
    if (dark) names.prepend(darkNameOf(name));
    for (const QString& folder : {language, QStringLiteral("en")}) {
        for (const QString& each : std::as_const(names)) {
            const QString file = QStringLiteral("%1/%2/%3").arg(root, folder, each);
            if (QFileInfo(file).isFile()) return file;
        }
    }
    return {};
}

QSize fittedSize(QSize whole, int room) {
    if (whole.isEmpty() || whole.width() <= room) return whole;
    const int width = std::max(room, 1);
    return {width, std::max(whole.height() * width / whole.width(), 1)};
}

QImage fittedPicture(const QImage& whole, QSize size, qreal ratio, const QColor& edge) {
    const QSize pixels = (QSizeF(size) * ratio).toSize();
    // One of few colours can neither be made smooth nor painted on.
    QImage picture = whole.convertToFormat(QImage::Format_RGB32);
    if (picture.size() != pixels)
        picture = picture.scaled(pixels, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
    picture.setDevicePixelRatio(1);
    {
        QPainter painter(&picture);
        painter.setPen(edge);
        painter.drawRect(picture.rect().adjusted(0, 0, -1, -1));
    }
    picture.setDevicePixelRatio(ratio);
    return picture;
}

HelpPictures::HelpPictures(QString root) : m_root(std::move(root)) {}

void HelpPictures::take(QTextDocument& document, const QUrl& page, bool dark) {
    for (const Picture& old : m_pictures)
        document.addResource(QTextDocument::ImageResource, QUrl(old.format.name()), {});
    m_pictures.clear();
    std::vector<std::pair<QUrl, QImage>> found;
    const std::vector<PicturePart> parts = picturePartsOf(document);
    // From the end: words are longer than the place that they take.
    for (auto part = parts.rbegin(); part != parts.rend(); ++part) {
        const QUrl url = page.resolved(QUrl(part->format.name()));
        QString file;
        if (url.scheme() == page.scheme())
            file = helpPictureFile(m_root, languageName(), url.path().mid(1), dark);
        QImage whole = file.isEmpty() ? QImage() : QImage(file);
        if (whole.isNull()) {
            const QString words = part->format.property(QTextFormat::ImageAltText).toString();
            cursorOver(document, part->from, part->to).insertText(words, QTextCharFormat());
        } else {
            found.emplace_back(url, std::move(whole));
        }
    }
    std::reverse(found.begin(), found.end());
    std::size_t next = 0;
    for (PicturePart& part : picturePartsOf(document)) {
        if (next == found.size()) break;
        auto& [url, whole] = found[next++];
        part.format.setName(url.toString());
        m_pictures.push_back({part.from, part.to, part.format, std::move(whole), {}, 0});
    }
}

// The document knows the size by the format, and asks for the picture only when it paints.
void HelpPictures::fit(QTextDocument& document, int room, qreal ratio, const QColor& edge) {
    for (Picture& picture : m_pictures) {
        const QSize size = fittedSize(picture.whole.size(), room);
        if (size == picture.shown && qFuzzyCompare(ratio, picture.ratio)) continue;
        picture.shown = size;
        picture.ratio = ratio;
        picture.format.setWidth(size.width());
        picture.format.setHeight(size.height());
        document.addResource(QTextDocument::ImageResource, QUrl(picture.format.name()),
                             fittedPicture(picture.whole, size, ratio, edge));
        cursorOver(document, picture.from, picture.to).setCharFormat(picture.format);
        document.markContentsDirty(picture.from, picture.to - picture.from);
    }
}

}  // namespace rw::ui
