// Pictures in help pages: those of the language and the theme, never wider than the page, with words in the
// place of one that is missing.
#pragma once
#include <QImage>
#include <QString>
#include <QTextImageFormat>
#include <QUrl>
#include <vector>

class QTextDocument;

namespace rw::ui {

/// The file of a picture (“pictures/badges.png”) below the folder of all languages: in this language, else in
/// English; of a dark theme “pictures/badges-dark.png” where that is there. Empty: there is none.
QString helpPictureFile(const QString& root, const QString& language, const QString& name, bool dark);

/// As large as it is, in logical pixels, but no wider than there is room.
QSize fittedSize(QSize whole, int room);

/// With as many pixels as a screen of this device pixel ratio shows of it, and a line around it.
QImage fittedPicture(const QImage& whole, QSize size, qreal ratio, const QColor& edge);

/// The pictures of the page that a document shows.
class HelpPictures {
 public:
    /// Looks for them below ":/help", or in another folder that is laid out like it.
    explicit HelpPictures(QString root = QStringLiteral(":/help"));

    /// Of a page that has just been read from `page`, “help:/nodes/filter.md”: pictures that it names are looked
    /// for inside the program alone. Afterwards fit() must be called.
    void take(QTextDocument& document, const QUrl& page, bool dark);
    /// Nothing is done for those that fit already. `room` in logical pixels.
    void fit(QTextDocument& document, int room, qreal ratio, const QColor& edge);

 private:
    struct Picture {
        int from = 0, to = 0;  ///< in the document
        QTextImageFormat format{};
        QImage whole{};
        QSize shown{};  ///< in logical pixels; none: not fitted yet
        qreal ratio = 0;
    };

    const QString m_root;
    std::vector<Picture> m_pictures{};
};

}  // namespace rw::ui
