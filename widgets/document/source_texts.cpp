#include "widgets/document/source_texts.h"

#include <QByteArrayList>
#include <QByteArrayView>
#include <QHash>
#include <QMutex>
#include <QMutexLocker>

namespace rw::ui {

namespace {

constexpr qsizetype kLongestSource = 100;  ///< in bytes; longer texts are sentences

/// Of one process, as the translators are: the words on the screen do not tell from which one they are. Its
/// size is bounded by the texts of the program.
struct Remembered {
    QMutex mutex{};
    QHash<QString, QByteArrayList> sources{};
};

Remembered& remembered() {
    static Remembered all;
    return all;
}

}  // namespace

QString RememberingTranslator::translate(const char* context, const char* sourceText,
                                         const char* disambiguation, int n) const {
    QString shown = QTranslator::translate(context, sourceText, disambiguation, n);
    if (shown.isEmpty() || sourceText == nullptr || n >= 0) return shown;
    const QByteArrayView source(sourceText);
    if (source.size() > kLongestSource) return shown;
    Remembered& all = remembered();
    const QMutexLocker lock(&all.mutex);
    QByteArrayList& sources = all.sources[shown];
    if (!sources.contains(source)) sources << source.toByteArray();
    return shown;
}

QStringList sourceTextsOf(const QString& shown) {
    Remembered& all = remembered();
    const QMutexLocker lock(&all.mutex);
    QStringList texts;
    for (const QByteArray& source : all.sources.value(shown)) {
        const QString text = QString::fromUtf8(source);
        if (text != shown) texts << text;
    }
    return texts;
}

}  // namespace rw::ui
