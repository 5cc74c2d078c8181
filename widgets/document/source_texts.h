// The English names of what is shown in another language: the search finds an action by them, too, as a page
// of help in English, a colleague or a habit has them.
#pragma once
#include <QString>
#include <QStringList>
#include <QTranslator>

namespace rw::ui {

/// Remembers which source text each of its translations stands for. Any thread asks it, as any translator.
class RememberingTranslator : public QTranslator {
    Q_OBJECT
 public:
    using QTranslator::QTranslator;

    QString translate(const char* context, const char* sourceText, const char* disambiguation = nullptr,
                      int n = -1) const override;
};

/// The texts in English that were translated as `shown` since the program began, with their letters
/// (“&Open…”); none: it is English, or words of a user, or too long for a name. Any thread.
QStringList sourceTextsOf(const QString& shown);

}  // namespace rw::ui
