@NullMarked
package dev.battlestream.gateway.report.adapter;

import org.jspecify.annotations.NullMarked;
