@echo off
rem Read by every script of this folder before it starts Java.
rem
rem The first start fills etc with what ships. What bin/upgrade-etc does besides, on other systems, is not done here: with a new
rem version, compare etc with etc.dist, and remove data\cache.

if "%KARAF_BASE%" == "" (
    if not exist "%DIRNAME%..\etc" xcopy /E /I /Q "%DIRNAME%..\etc.dist" "%DIRNAME%..\etc" >nul
) else (
    if not exist "%KARAF_BASE%\etc" xcopy /E /I /Q "%DIRNAME%..\etc.dist" "%KARAF_BASE%\etc" >nul
)
