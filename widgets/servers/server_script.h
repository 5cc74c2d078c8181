// Where app/server is, the program that fetches and starts servers.
#pragma once
#include <QString>
#include <QStringList>
#include <functional>
#include <string>

#include "core/base/status.h"

namespace rw::ui {

/// $RILLWRIGHT_SERVER, or the one of the folder that the program was built in, or the one that is installed
/// for it. Empty: there is none. Looks at the disk. `programFolder`: that of this program.
QString serverScript(const QString& programFolder);

/// What people type into a terminal for it. `script` may be empty: they know where theirs is.
QString serverCommand(const QString& script, const QStringList& words);

/// Runs it to its end and gives its output. `tell` gets each newest line of what it reports meanwhile. It is
/// ended with all that it started but servers, as soon as `cancelled` says so, which is an error. It asks
/// nobody for a password: where it needs one, it fails. Waits: on a thread of its own.
Result<std::string> runServerScript(const QString& script, const QStringList& words,
                                    const std::function<bool()>& cancelled,
                                    const std::function<void(const std::string& line)>& tell);

}  // namespace rw::ui
