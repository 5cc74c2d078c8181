#include "widgets/session/words/restart_text.h"

#include <QCoreApplication>
#include <algorithm>

#include "widgets/document/number_text.h"
#include "widgets/document/translated.h"
#include "widgets/theme/shown_text.h"

namespace rw::ui {

int secondsToRestart(const RestartMetrics& restart) {
    if (!restart.waiting()) return -1;
    return static_cast<int>(std::max<Millis>(1, (restart.in + 999) / 1000));
}

QString restartText(const RestartMetrics& restart, int most) {
    if (!restart.waiting()) return {};
    const QString left = wholeAgeText(Millis{1000} * secondsToRestart(restart));
    const QString words = restart.attempts > 0
                              ? QCoreApplication::translate("restart", "Restarting in %1, try %2 of %3")
                                    .arg(left)
                                    .arg(restart.attempt)
                                    .arg(restart.attempts)
                              : QCoreApplication::translate("restart", "Restarting in %1, try %2")
                                    .arg(left)
                                    .arg(restart.attempt);
    if (most == 0) return words;
    return QCoreApplication::translate("restart", "%1: %2")
        .arg(words, shownText(translated(restart.cause), most));
}

}  // namespace rw::ui
