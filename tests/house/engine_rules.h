// An engine is one thing: what is particular to one stands in its own folders, and all others ask for it.
#pragma once
#include <QString>
#include <QStringList>

namespace rw::house {

/// The names in core/deploy/engines.def: “Flink”, “Spark”.
QStringList engineNames();

/// Whether the file is a part of that engine: only such files may name it.
bool isOfEngine(const QString& path, const QString& engine);

/// What in a line of code goes by which engine it is, “Engine::Flink”, and whose name that is; empty:
/// nothing.
QString engineNamedIn(const QString& line, const QString& engine);

}  // namespace rw::house
