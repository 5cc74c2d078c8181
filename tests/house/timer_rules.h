// What is done again and again on the GUI thread is done by a Ticker, which rests while nobody sees what it
// is for. A timer of one's own would tick on in a tab that is not in front and in a window that is minimised.
#pragma once
#include <QString>
#include <QStringList>

namespace rw::house {

/// Why a line of the file `path`, of app or widgets, may tick again and again, “word: what to do instead”;
/// empty when it does not. `code` is all of the class: header and sources.
QString ticksByItself(const QString& path, const QString& line, const QString& code);

/// The files that may: each has its reason here.
QStringList filesOfTimers();

/// Whether the line would be refused, were its file not one of these.
bool needsATimer(const QString& line, const QString& code);

}  // namespace rw::house
