// An engine is one thing: code for one engine is in its own folders, and all other code asks for it.
#pragma once
#include <QString>
#include <QStringList>

namespace rw::house {

/// The names in core/deploy/engines.def: “Flink”, “Spark”.
QStringList engineNames();

/// Whether the file is a part of that engine: only such files may name it.
bool isOfEngine(const QString& path, const QString& engine);

/// The part of a line of code that compares engines, “Engine::Flink”, and its owner; empty:
/// none.
QString engineNamedIn(const QString& line, const QString& engine);

}  // namespace rw::house
